import type { FastifyReply } from 'fastify';
import { isPublished } from '../../../db/consultations.ts';
import { unkeptMails } from '../../../db/guessed-clauses.ts';
import type { FormState } from '../../forms.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import type { ToldDeed } from '../meanwhile.ts';
import { goTo, sendDesk } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type GuessedList, guessedList, type TypedClauses } from './guessed.ts';
import { type ShownMailbox, shownMailboxes } from './mailbox-state.ts';
import { type AsideList, asideList } from './messages.ts';

export interface ConsultationMailPage {
  readonly matter: Matter;
  readonly consultationId: number;
  readonly form: FormState;
  /** Null where the announcement names none. */
  readonly mailbox: ShownMailbox | null;
  readonly guessed: Omit<GuessedList, 'form'>;
  /** Submissions whose message is kept, because a part of it could not be kept elsewhere. */
  readonly unkept: readonly {
    readonly to: string;
    readonly receiptNumber: string;
    readonly receivedAt: Date;
    readonly parts: number;
  }[];
  readonly aside: AsideList;
  readonly stale: boolean;
  /** What somebody did with the message that this officer meant to decide on; null otherwise. */
  readonly decided: ToldDeed | null;
}

/** The mailbox of a consultation: how it is read, which clauses were guessed, what was set aside. */
export async function showConsultationMail(visit: ConsultationVisit): Promise<FastifyReply> {
  if (!isPublished(visit.consultation)) return goTo(visit, baseOf(visit.consultation));
  return sendConsultationMail(visit, null);
}

/** The same, with what was typed about clauses and could not be stored, or what somebody else did with a message. */
export async function sendConsultationMail(
  visit: ConsultationVisit,
  typed: TypedClauses | null,
  decided: ToldDeed | null = null,
): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const base = `${baseOf(consultation)}/mail`;
  const { form, ...guessed } = await guessedList(visit, base, typed);
  const named = consultation.announcement.mailbox.toLowerCase();
  const [mailbox = null] = named ? await shownMailboxes(visit, [named]) : [];
  const unkept = await unkeptMails(site.db, consultation.id);
  const page = {
    title: site.sentences.desk.pages.mail,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'mail'),
    consultationId: consultation.id,
    ...{ form, mailbox, guessed },
    unkept: unkept.map(({ messageId, receiptNumber, receivedAt, parts }) => ({
      to: `/desk/mail/${messageId}/original`,
      ...{ receiptNumber, receivedAt, parts },
    })),
    aside: await asideList(visit, { consultationId: consultation.id }, base),
    stale: typed?.isStale ?? false,
    decided,
  };
  const status = decided || typed?.isStale ? 409 : typed ? 422 : 200;
  return sendDesk(visit, 'desk/mail', page, status);
}
