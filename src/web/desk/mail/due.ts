import { countAside, mailWaits } from '../../../db/desk-mail.ts';
import { agencyMailboxes, mailboxStates } from '../../../db/mailboxes.ts';
import { fill } from '../../../domain/fill.ts';
import { may } from '../../../domain/officer.ts';
import { officialMinute } from '../../../domain/shanghai.ts';
import type { Link } from '../../public/shapes.ts';
import type { Tag } from '../contexts.ts';
import type { ConsultationVisit, Visit } from '../visit.ts';

/** Something that waits for an officer and belongs to no consultation. */
export interface Due extends Link {
  readonly title: string;
  readonly tag: Tag;
}

/** What waits in the agency's mailboxes beside the consultations: those that cannot be read, messages that belong to none. */
export async function mailboxesDue(visit: Visit): Promise<Due[]> {
  const { site, officer } = visit;
  if (!may(officer, 'enter')) return [];
  const mailboxes = await agencyMailboxes(site.db, officer.agencyId);
  return [...(await failing(visit, mailboxes)), ...(await unplaced(visit, mailboxes))];
}

async function failing({ site }: Visit, mailboxes: readonly string[]): Promise<Due[]> {
  const { desk } = site.sentences;
  return (await mailboxStates(site.db, mailboxes)).flatMap(({ mailbox, failedSince }) => {
    if (!failedSince) return [];
    const text = fill(desk.mailboxFails, { since: officialMinute(failedSince) });
    return [{ to: '/desk/mail', text: desk.steps.mailbox, title: mailbox, tag: { kind: 'red', text } }];
  });
}

async function unplaced({ site }: Visit, mailboxes: readonly string[]): Promise<Due[]> {
  const { desk } = site.sentences;
  const { waiting: messages } = await countAside(site.db, { mailboxes });
  if (messages === 0) return [];
  const tag = { kind: 'amber', text: fill(desk.mailWaits, { messages }) };
  return [{ to: '/desk/mail', text: desk.steps.mail, title: desk.setAside.noConsultation, tag }];
}

/** What somebody should know of a consultation's mailbox before it counts as looked through; empty for nothing. */
export async function mailNotes({ site, consultation }: ConsultationVisit): Promise<string[]> {
  const { mailbox } = consultation.announcement;
  const [state] = await mailboxStates(site.db, [mailbox.toLowerCase()]);
  const { messages = 0 } = (await mailWaits(site.db, [consultation.id])).get(consultation.id) ?? {};
  const { desk } = site.sentences;
  return [
    ...(state?.failedSince ? [fill(desk.mailboxFails, { since: officialMinute(state.failedSince) })] : []),
    ...(messages > 0 ? [fill(desk.mailWaits, { messages })] : []),
  ];
}
