import { type RawBuilder, sql } from 'kysely';
import { screenComments } from '../src/actions/screen-comments.ts';
import { saltBytes, seal } from '../src/actions/seal.ts';
import { deskComments } from '../src/db/comments.ts';
import type { PublishedConsultation } from '../src/db/consultations.ts';
import { latestDraft } from '../src/db/drafts.ts';
import { type Db, transaction } from '../src/db/session.ts';
import { insertSubmissions, type NewSubmission } from '../src/db/submissions.ts';
import type { CommentInput, Stance } from '../src/domain/comment.ts';
import type { Officer } from '../src/domain/officer.ts';
import { addDays, dayOf, startOf } from '../src/domain/shanghai.ts';
import { publish } from './consultation.ts';

type Sent = Partial<CommentInput & { readonly stance: Stance }>;

/** How a made-up history has a submission come, as `stored` takes it. */
export function arrival(
  { channel, consent, guessed }: Pick<NewSubmission, 'channel' | 'consent'> & { readonly guessed: boolean },
  enteredBy: number,
  receivedAt: Date,
) {
  const entered = channel === 'online' ? null : { by: enteredBy, at: receivedAt };
  const clauseFrom = guessed ? ('guess' as const) : ('sender' as const);
  return { channel, consent, clauseFrom, entered, receivedAt, name: '朱清和' };
}

let made = 0;

/** Stores a submission of any channel on the newest version, sealed; gives its receipt's token. */
export async function stored(
  db: Db,
  consultation: PublishedConsultation,
  comments: readonly Sent[],
  change: Partial<NewSubmission> & { readonly receivedAt: Date },
): Promise<string> {
  made += 1;
  const draft = await latestDraft(db, consultation.id);
  if (!draft) throw new Error('no draft');
  const idOf = (address: string) => draft.clauses.find((each) => each.address === address)?.id ?? null;
  const usual = {
    stance: 'amend',
    clause: '',
    text: '建议写明。',
    proposedWording: '',
    quotation: null,
  } as const;
  const full = comments.map((comment) => ({ ...usual, ...comment }));
  const submission = {
    ...{ formToken: `stored-${made}`, receiptToken: `stored-receipt-${made}` },
    ...{ consultationId: consultation.id, consultationNumber: consultation.number, draftId: draft.id },
    ...({ channel: 'online', commenterKind: 'individual', name: '', phone: '', email: '' } as const),
    ...({ consent: 'withoutName', clauseFrom: 'sender', postmarkedOn: '', entered: null } as const),
    datedAt: change.receivedAt,
    comments: full,
    clauseIds: full.map(({ clause }) => idOf(clause)),
    ...change,
  } as const;
  const sealed = {
    ...submission,
    draftVersion: draft.version,
    comments: full.map((each) => ({
      ...each,
      clause: submission.clauseFrom === 'sender' ? each.clause : '',
    })),
    attachments: [],
  };
  const whole = { ...submission, ...seal(sealed, Buffer.alloc(saltBytes, made)) };
  await transaction(db, (trx) => insertSubmissions(trx, [whole]));
  return submission.receiptToken;
}

/** Tokens of receipts to look at: of several comments with all that a form takes, and of a letter that came late. */
export async function storedReceipts(
  db: Db,
  consultation: PublishedConsultation,
  { id }: Pick<Officer, 'id'>,
  now: Date,
): Promise<{ readonly several: string; readonly late: string }> {
  const quotation = { exact: '每日检测水质', prefix: '', suffix: '' };
  const text = '建议写明检测哪些项目，并把每月的检测结果贴在村口公示栏里。\n另外，停水请提前一天通知。';
  const comments = [
    { clause: 'art_3', text, quotation, proposedWording: '（一）每日检测浊度、余氯、pH 值，结果每月公示；' },
    { clause: 'art_4', stance: 'support', text: '赞成这一条。' },
    { stance: 'question', text: '办法从什么时候开始施行？山上分散的几户怎么办？' },
  ] as const;
  const person = {
    name: '朱清和',
    phone: '0999-5550188',
    email: 'zhu@example.cn',
    consent: 'withName',
  } as const;
  const postmarkedOn = addDays(dayOf(consultation.closesAt), 1);
  const late = {
    ...({
      channel: 'letter',
      name: '清源县第一中学',
      commenterKind: 'organisation',
      clauseFrom: 'officer',
    } as const),
    ...{ entered: { by: id, at: now }, postmarkedOn, datedAt: startOf(postmarkedOn) },
    receivedAt: startOf(addDays(postmarkedOn, 2)),
  };
  return {
    several: await stored(db, consultation, comments, { ...person, receivedAt: now }),
    late: await stored(db, consultation, [{ clause: 'art_4', text: '请明确水费怎么收。' }], late),
  };
}

/** A consultation that shows comments, more of them on the third article than a page holds; gives a receipt, too. */
export async function withShownComments(
  db: Db,
  officer: Officer,
  now: Date,
): Promise<{ readonly consultation: PublishedConsultation; readonly receipt: string }> {
  const consultation = await publish(db, officer, now, undefined, { showsComments: true });
  const { several } = await storedReceipts(db, consultation, officer, now);
  const many = Array.from({ length: 30 }, (_, nr) => ({
    clause: 'art_3',
    text: `第${nr + 1}户：请明确水费怎么收。`,
  }));
  const school = { name: '清源县第一中学', commenterKind: 'organisation', consent: 'withName' } as const;
  await stored(db, consultation, many, { ...school, receivedAt: now });
  const comments = (await deskComments(db, consultation.id)).filter(({ late }) => !late);
  const screening = { verdict: 'shown', reason: '' } as const;
  const seen = comments.map(({ id }) => ({ id, seen: 0 }));
  const deed = { officer, consultationId: consultation.id, comments: seen, screening, looked: true };
  await screenComments(db, deed, now);
  return { consultation, receipt: several };
}

/** So many comments go in at once: a statement stays far from the time that the database gives it. */
const atOnce = 2_000;

/** A stored comment so many times more, each in a submission of its own; once for each `count`. */
export async function multiplied(
  db: Db,
  one: number,
  count: number,
  clause: RawBuilder<unknown> = sql`clause_id`,
): Promise<void> {
  for (let from = 1; from <= count; from += atOnce)
    await sql`
      with more as (
        insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at,
          dated_at, commenter_kind, name, phone, email, consent)
        select consultation_id, form_token || mark, receipt_number || mark, receipt_token || mark, channel,
          received_at, dated_at, commenter_kind, '', '', '', consent
        from submissions, (
          select '-' || ${count}::int || '-' || n as mark
          from generate_series(${from}::int, ${Math.min(from + atOnce - 1, count)}::int) n order by n) marks
        where id = (select submission_id from comments where id = ${one}) returning id
      )
      insert into comments (submission_id, consultation_id, draft_id, clause_id, position, stance, text, proposed_wording)
      select more.id, consultation_id, draft_id, ${clause}, 0, stance, text, ''
      from more, comments where comments.id = ${one}`.execute(db);
}
