import type { Consultation } from '../../../db/consultations.ts';
import { countAside, type MailWaits, mailWaits } from '../../../db/desk-mail.ts';
import { agencyMailboxes, mailboxStates } from '../../../db/mailboxes.ts';
import { fill } from '../../../domain/feedback-notice.ts';
import { may } from '../../../domain/officer.ts';
import { officialMinute } from '../../../domain/shanghai.ts';
import type { Due } from '../home.ts';
import { baseOf } from '../matter.ts';
import type { ConsultationVisit, Visit } from '../visit.ts';

/** What waits for an officer in the agency's mailboxes: by consultation, what belongs to none, and what fails. */
export async function mailDue(visit: Visit, consultations: readonly Consultation[]): Promise<Due[]> {
  const { site, officer } = visit;
  if (!may(officer, 'enter')) return [];
  const waits = await mailWaits(
    site.db,
    consultations.map(({ id }) => id),
  );
  const mailboxes = await agencyMailboxes(site.db, officer.agencyId);
  return [
    ...(await failing(visit, mailboxes)),
    ...consultations.flatMap((consultation) => waiting(visit, consultation, waits.get(consultation.id))),
    ...(await unplaced(visit, mailboxes)),
  ];
}

async function failing({ site }: Visit, mailboxes: readonly string[]): Promise<Due[]> {
  const { desk } = site.sentences;
  return (await mailboxStates(site.db, mailboxes)).flatMap(({ mailbox, failedSince }) => {
    if (!failedSince) return [];
    const text = fill(desk.mailboxFails, { since: officialMinute(failedSince) });
    return [{ to: '/desk/mail', text: desk.steps.mailbox, title: mailbox, tag: { kind: 'red', text } }];
  });
}

function waiting({ site }: Visit, consultation: Consultation, waits: MailWaits | undefined): Due[] {
  if (!waits) return [];
  const { desk } = site.sentences;
  const { clauses, messages } = waits;
  const parts = [
    ...(clauses > 0 ? [fill(desk.clausesWait, { clauses })] : []),
    ...(messages > 0 ? [fill(desk.mailWaits, { messages })] : []),
  ];
  const { title, draftName } = consultation.announcement;
  const tag = { kind: 'amber', text: parts.join('，') };
  return [{ to: `${baseOf(consultation)}/mail`, text: desk.steps.mail, title: title || draftName, tag }];
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
