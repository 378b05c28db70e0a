import type { FastifyReply } from 'fastify';
import { agencyConsultations } from '../../../db/consultations.ts';
import { mailCandidates } from '../../../db/mail-messages.ts';
import { agencyMailboxes } from '../../../db/mailboxes.ts';
import { type FormState, formState } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { ToldDeed } from '../meanwhile.ts';
import { sendDesk } from '../page.ts';
import type { Visit } from '../visit.ts';
import { type ShownMailbox, shownMailboxes } from './mailbox-state.ts';
import { type AsideList, asideList, type ShownMessage } from './messages.ts';

export interface AgencyMailPage extends Omit<AsideList, 'messages'> {
  readonly form: FormState;
  readonly mailboxes: readonly ShownMailbox[];
  readonly messages: readonly PlaceableMessage[];
  /** What somebody did with the message that this officer meant to decide on; null otherwise. */
  readonly decided: ToldDeed | null;
}

/** A message that belongs to no consultation, with those that it can be given to. */
interface PlaceableMessage extends ShownMessage {
  /** Name of the field that says which consultation takes it. */
  readonly field: string;
  readonly consultations: readonly Choice[];
}

/** The agency's mailboxes, and the messages in them that belong to no consultation. */
export function showAgencyMail(visit: Visit): Promise<FastifyReply> {
  return sendAgencyMail(visit);
}

/**
 * The same, with an error at a message that was to be taken without saying for which consultation, or with what somebody
 * else did with it.
 */
export async function sendAgencyMail(
  visit: Visit,
  {
    unplaced = null,
    decided = null,
  }: { readonly unplaced?: number | null; readonly decided?: ToldDeed | null } = {},
): Promise<FastifyReply> {
  const { site, officer } = visit;
  const { desk } = site.sentences;
  const mailboxes = await agencyMailboxes(site.db, officer.agencyId);
  const { messages, ...list } = await asideList(visit, { mailboxes }, '/desk/mail');
  const choices = new Map<string, Choice[]>();
  for (const mailbox of new Set(messages.map((message) => message.mailbox)))
    choices.set(mailbox, await choicesFor(visit, mailbox));
  const issues = unplaced === null ? [] : [{ field: fieldOf(unplaced), key: 'choose' }];
  const page = {
    title: desk.agencyMail,
    form: formState({}, issues, site.sentences, { consultation: desk.consultation }),
    ...list,
    mailboxes: await shownMailboxes(visit, mailboxes),
    messages: messages.map((message) => ({
      ...message,
      field: fieldOf(message.id),
      consultations: choices.get(message.mailbox) ?? [],
    })),
    decided,
  };
  return sendDesk(visit, 'desk/agency-mail', page, decided ? 409 : unplaced === null ? 200 : 422);
}

/** The name of the field that says which consultation takes a message. */
export function fieldOf(messageId: number): string {
  return `consultation-${messageId}`;
}

async function choicesFor({ site, officer, now }: Visit, mailbox: string): Promise<Choice[]> {
  const open = new Set((await mailCandidates(site.db, mailbox, now)).map(({ id }) => id));
  const ours = (await agencyConsultations(site.db, officer.agencyId)).filter(({ id }) => open.has(id));
  const choices = ours.map(({ id, number, announcement }) => ({
    value: String(id),
    label: `${number}　${announcement.draftName}`,
  }));
  return [{ value: '', label: site.sentences.desk.chooseClause }, ...choices];
}
