import { readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import type { PublishedConsultation } from '../db/consultations.ts';
import type { DueProofLetter, DueSubmissionLetter } from '../db/letters.ts';
import type { Receipt } from '../db/receipts.ts';
import type { Disposition } from '../domain/disposition.ts';
import { fill } from '../domain/fill.ts';
import { withoutMessageId } from '../domain/mail.ts';
import { officialArrival, officialDayOf, officialDeadline } from '../domain/shanghai.ts';
import { root } from '../root.ts';
import type { Sentences } from '../sentences.ts';

/** A letter ready to be sent: plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for every attempt, so that a repeated letter can be recognised. */
  readonly messageId: string;
  /** Message-ID of the mail that it answers, for the reader's mail program. */
  readonly inReplyTo?: string;
}

/** What a letter tells: the receipt, its consultation, and the dispositions once they are public. */
export interface LetterFacts {
  readonly letter: DueSubmissionLetter;
  readonly receipt: Receipt;
  readonly consultation: PublishedConsultation;
  readonly dispositions: ReadonlyMap<number, Disposition>;
  /** What the newest notice corrects, and why; empty on the first. */
  readonly correction: string;
}

const engine = Handlebars.create();

/** A letter's template in views/mail; it gives plain text. */
export const template = (name: string) =>
  engine.compile(readFileSync(path.join(root, 'views/mail', `${name}.hbs`), 'utf8'), { noEscape: true });
const templates = {
  receipt: template('receipt'),
  answer: template('answer'),
  correction: template('correction'),
  withdrawal: template('withdrawal'),
  proof: template('proof'),
};

/** Writes the letter by which a person without eyes or scripts proves to be one. It says nothing that a sender typed. */
export function writeProofLetter(letter: DueProofLetter, sentences: Sentences, publicUrl: string): Mail {
  const { id, recipient, proofToken, code } = letter;
  const proofAddress = `${publicUrl}/proofs/${proofToken}`;
  return {
    to: recipient,
    subject: fill(sentences.mail.proofSubject, { code }),
    text: templates.proof({
      siteName: `${sentences.site.name}${sentences.site.tagline}`,
      proofAddress,
      code,
    }),
    messageId: `<letter-${id}.proof@${new URL(publicUrl).hostname}>`,
  };
}

/** Writes a letter from its facts. */
export function writeLetter(facts: LetterFacts, sentences: Sentences, publicUrl: string): Mail {
  const { letter, receipt, consultation } = facts;
  const { mail } = sentences;
  const subjects = {
    receipt: mail.receiptSubject,
    answer: mail.answerSubject,
    correction: mail.correctionSubject,
    withdrawal: mail.withdrawalSubject,
  };
  return {
    to: letter.recipient,
    subject: fill(subjects[letter.kind], { number: receipt.number }),
    text: templates[letter.kind](textFacts(facts, sentences, publicUrl)),
    messageId: `<letter-${letter.id}.${consultation.number}@${new URL(publicUrl).hostname}>`,
    ...(isMessageId(letter.answersTo) ? { inReplyTo: letter.answersTo } : {}),
  };
}

// Whatever the sender's program wrote there; nothing else goes into a header.
function isMessageId(id: string | null): id is string {
  return id !== null && /^<[\x21-\x7e]{1,250}>$/.test(id) && !id.endsWith(withoutMessageId);
}

function textFacts(facts: LetterFacts, sentences: Sentences, publicUrl: string) {
  const { letter, receipt, consultation, dispositions, correction } = facts;
  return {
    correction,
    number: receipt.number,
    draftName: consultation.announcement.draftName,
    agencyName: consultation.announcement.agencyName,
    receivedAt: officialArrival(receipt.receivedAt),
    late: receipt.late,
    closesAt: officialDeadline(consultation.closesAt),
    stoppedAt: consultation.withdrawnAt ? officialDayOf(consultation.withdrawnAt) : '',
    stopReason: consultation.withdrawnReason ?? '',
    receiptAddress: `${publicUrl}/receipts/${receipt.token}`,
    pageAddress: `${publicUrl}/consultations/${consultation.number}`,
    seal: receipt.seal,
    // The sender has the words, and anybody can write an address into a mail: words are not carried to others.
    byMail: letter.answersTo !== null,
    comments: receipt.comments.map((comment, index) => {
      const disposition = dispositions.get(comment.id);
      return {
        nr: index + 1,
        clause: comment.clauseLabel || sentences.notice.wholeDraft,
        stance: sentences.stances[comment.stance],
        quotation: comment.quotation?.exact ?? '',
        text: comment.text,
        proposedWording: comment.proposedWording,
        outcome: disposition && sentences.outcomes[disposition.outcome],
        reason: disposition?.reason ?? '',
      };
    }),
  };
}
