import { enterSubmission } from '../../../src/actions/enter-submission.ts';
import type { SubmissionResult } from '../../../src/actions/submit-comments.ts';
import { withdrawSubmission } from '../../../src/actions/withdraw-submission.ts';
import { type DeskComment, deskComments } from '../../../src/db/comments.ts';
import type { PublishedConsultation } from '../../../src/db/consultations.ts';
import type { OfficerAccount } from '../../../src/db/officers.ts';
import type { Channel } from '../../../src/domain/comment.ts';
import type { EnteredChannel } from '../../../src/domain/entry.ts';
import type { Totals } from '../../../src/domain/totals.ts';
import { form, publish, submit } from '../../consultation.ts';
import type { TestSite } from '../../support.ts';

/** What was taken, as whoever sent or entered it was told. */
interface Taken {
  readonly token: string;
  readonly channel: Channel;
  readonly late: boolean;
  readonly comments: number;
  withdrawn: boolean;
}

/** One consultation from its publication on, with what is known of it without asking the database. */
export interface History {
  readonly site: TestSite;
  readonly consultation: PublishedConsultation;
  readonly caseworker: OfficerAccount;
  readonly approver: OfficerAccount;
  readonly taken: Taken[];
  /** What each signed notice counted when it was signed, by its number. */
  readonly signed: Map<number, Totals>;
}

/** A consultation that begins now. */
export async function begin(site: TestSite): Promise<History> {
  site.clock.set('2026-03-01T09:00:00+08:00');
  const [caseworker, approver] = ['caseworker', 'approver'].map((login) => site.officers[login]) as [
    OfficerAccount,
    OfficerAccount,
  ];
  const consultation = await publish(site.db, caseworker, site.clock());
  return { site, consultation, caseworker, approver, taken: [], signed: new Map() };
}

/** What every deed about this consultation names. */
export function byCaseworker({ caseworker, consultation }: History) {
  return { officer: caseworker, consultationId: consultation.id };
}

/** Its comments as they stand, oldest first; `standing` ones are in time and not withdrawn. */
export async function commentsOf({ site, consultation }: History, standing = false): Promise<DeskComment[]> {
  const all = await deskComments(site.db, consultation.id);
  return standing ? all.filter(({ late, withdrawn }) => !late && !withdrawn) : all;
}

const texts = ['建议写明检测项目。', '建议写明检测项目', '水价太高，请再核算成本。', '没有意见，支持。'];

export interface Written {
  readonly clause: string;
  readonly text: number;
}

function written(comments: readonly Written[]) {
  return comments.map(({ clause, text }) => ({
    ...{ clause, text: texts[text % texts.length] ?? '', stance: 'amend' as const },
    ...{ proposedWording: '', quotation: null },
  }));
}

/** Sends comments online; true when they were taken. */
export async function send(history: History, comments: readonly Written[]): Promise<boolean> {
  const { site, consultation, taken } = history;
  const one = await form(site.db, consultation.number, site.clock());
  const submission = { ...one.submission, comments: written(comments) };
  const result: SubmissionResult = await submit(site.db, { ...one, submission }, site.clock());
  if (result.kind !== 'received') return false;
  const count = { late: false, comments: comments.length, withdrawn: false };
  taken.push({ token: one.receiptToken, channel: 'online', ...count });
  return true;
}

/** Enters what came by another way, in time or a day too late. */
export async function enter(
  history: History,
  { channel, late, comments }: { channel: EnteredChannel; late: boolean; comments: readonly Written[] },
): Promise<void> {
  const { site, taken } = history;
  const one = await form(site.db, history.consultation.number, site.clock());
  const { formToken, receiptToken, salt } = one;
  const arrival = { channel, receivedOn: late ? '2026-04-11' : '2026-04-09', postmarkedOn: '' };
  const submission = { ...one.submission, comments: written(comments) };
  const entry = { arrival, submission, formToken, receiptToken, salt };
  await enterSubmission(site.db, { ...byCaseworker(history), draftVersion: 1, entry }, site.clock());
  taken.push({ token: receiptToken, channel, late, comments: comments.length, withdrawn: false });
}

/** Withdraws what a receipt is of; true when it is withdrawn now and was not before. */
export async function withdraw({ site, taken }: History, which: number): Promise<boolean> {
  const one = taken[which % Math.max(1, taken.length)];
  if (!one) return false;
  const { kind } = await withdrawSubmission(site.db, one.token, site.clock);
  if (kind !== 'withdrawn' || one.withdrawn) return false;
  one.withdrawn = true;
  return true;
}
