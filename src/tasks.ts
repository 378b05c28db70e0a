import { closeConsultations } from './actions/close-consultations.ts';
import { pairComments } from './actions/pair-comments.ts';
import { publishDue } from './actions/publish-due.ts';
import { readWaitingImports } from './actions/read-imports.ts';
import { remindOfficers } from './actions/remind-officers.ts';
import { tallyComments, usualSizes } from './actions/tally-comments.ts';
import { tallyLetters } from './actions/tally-letters.ts';
import { workOnGroups } from './actions/work-on-groups.ts';
import { workOnSheets } from './actions/work-on-sheets.ts';
import { forgetCaptchas } from './db/captchas.ts';
import { forgetLeftMessages } from './db/mail-messages.ts';
import { forgetMailedProofs } from './db/mailed-proofs.ts';
import type { Database } from './db/open.ts';
import { forgetWindows } from './db/rate-windows.ts';
import { forgetSessions } from './db/sessions.ts';
import { forgetSheets } from './db/sheet-writes.ts';
import { forgetFailures } from './db/sign-in-failures.ts';
import { forgetUnsent } from './db/unsent-attachments.ts';
import { type AppDeps, feedbackSetting } from './deps.ts';
import type { Grouper } from './domain/groups/grouper.ts';
import type { FileReader } from './domain/import.ts';
import type { SheetReader } from './domain/sheets/judge.ts';
import { readMailbox } from './intake/mailbox.ts';
import type { MailTransport } from './mail/transport.ts';
import { letterSender } from './mail/worker.ts';
import type { Task } from './scheduler.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What the tasks work with beside the deps; they are given back by whoever made them. */
export interface Means {
  readonly database: Database;
  readonly transport: MailTransport;
  readonly reader: FileReader & SheetReader;
  readonly grouper: Grouper;
  /** Ends what takes long: reading a mailbox, letters, counting, the index of words. */
  readonly signal: AbortSignal;
}

/** Everything that runs in the background of every process. */
export function tasks(deps: AppDeps, means: Means): Task[] {
  return [...ownTasks(deps, means), ...mailboxTasks(deps, means.signal)];
}

function ownTasks(deps: AppDeps, { database, transport, reader, grouper, signal }: Means): Task[] {
  const { db, clock, random, composeLetter: compose } = deps;
  const sheets = { reader, words: deps.sentences.sheet, clock, random };
  const reading = { everyMs: 1_000, run: () => readWaitingImports(db, reader, clock) };
  const ago = (ms: number) => new Date(clock().getTime() - ms);
  return [
    { name: 'closing', everyMs: 2_000, run: () => closeConsultations(db, clock()) },
    {
      name: 'reminders',
      everyMs: minuteMs,
      run: () => remindOfficers(db, feedbackSetting(deps), deps.sentences.reminders, clock()),
    },
    { name: 'publishing', everyMs: 2_000, run: () => publishDue(db, deps.isWorkingDay, clock()) },
    // Two at a time: a small file does not wait for a large one.
    { name: 'reading', ...reading },
    { name: 'reading too', ...reading },
    { name: 'tallies', everyMs: 1_000, run: () => tallyComments(db, usualSizes, signal) },
    { name: 'tallies of letters', everyMs: 1_000, run: () => tallyLetters(db) },
    { name: 'words', everyMs: 5_000, run: () => pairComments(db, clock, { signal }) },
    { name: 'tables', everyMs: 1_000, run: () => workOnSheets(db, sheets) },
    { name: 'groups', everyMs: 2_000, run: () => workOnGroups(db, { grouper, clock }) },
    {
      name: 'letters',
      everyMs: 5_000,
      run: letterSender({ db, transport, compose, clock, signal }),
    },
    { name: 'forgetting addresses', everyMs: minuteMs, run: () => forgetMailedProofs(db, clock()) },
    { name: 'tending', everyMs: 10_000, run: () => database.tend() },
    {
      name: 'tidying',
      everyMs: hourMs,
      run: async () => {
        await forgetCaptchas(db, ago(hourMs));
        await forgetSessions(db, ago(hourMs));
        await forgetFailures(db, ago(7 * 24 * hourMs));
        await forgetSheets(db, ago(7 * 24 * hourMs));
        await forgetWindows(db, ago(hourMs));
        await forgetUnsent(db, ago(24 * hourMs));
        await forgetLeftMessages(db, ago(180 * 24 * hourMs));
      },
    },
  ];
}

function mailboxTasks(deps: AppDeps, signal: AbortSignal): Task[] {
  const { config, sentences } = deps;
  const ours = [addressIn(config.mailFrom)];
  return config.mailboxes.map((mailbox, index) => {
    const work = { ...deps, signal, filesAlone: sentences.mail.filesAlone, ours: [...ours, mailbox.address] };
    return { name: `mailbox ${index + 1}`, everyMs: 30_000, run: () => readMailbox(work, mailbox) };
  });
}

/** The address in a sender such as `Jianyan <jianyan@example.cn>`, in lower case. */
function addressIn(sender: string): string {
  return (/<([^<>]+)>/.exec(sender)?.[1] ?? sender).trim().toLowerCase();
}
