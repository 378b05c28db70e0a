import { textUnderSeal } from '../../actions/seal.ts';
import type { PublishedConsultation } from '../../db/consultations.ts';
import { publishedNotices } from '../../db/notices.ts';
import { type Receipt, sealedFactsOf } from '../../db/receipts.ts';
import { phaseOf } from '../../domain/consultation.ts';
import { fill } from '../../domain/fill.ts';
import { officialDayOf, officialDeadline } from '../../domain/shanghai.ts';
import { whyNotWithdraw } from '../../domain/withdrawal.ts';
import { attachmentLinks } from '../attachments/links.ts';
import type { Site } from '../site.ts';
import { homeLink } from './links.ts';
import { olderNotices } from './notice-links.ts';
import type { HeldReceipt } from './receipt.ts';
import { receiptComments } from './receipt-comments.ts';
import type { ReceiptCorrection, ReceiptPage, SealView } from './receipt-contexts.ts';
import type { Link } from './shapes.ts';

/** What a receipt shows at this moment. */
export async function receiptPage(
  site: Site,
  { receipt, consultation }: HeldReceipt,
): Promise<ReceiptPage & { readonly title: string }> {
  const { number, channel, receivedAt, postmarkedOn, enteredAt, late, withdrawnAt, commenterKind } = receipt;
  const { name, phone, email, consent } = receipt;
  const { announcement, answeredAt } = consultation;
  const to = receiptAt(receipt);
  const mayWithdraw = !withdrawnAt && !whyNotWithdraw(consultation, receipt, site.clock());
  return {
    title: `回执 ${number}`,
    crumbs: crumbsOf(consultation),
    ...{ number, channel, receivedAt, postmarkedOn, enteredAt, late, withdrawnAt, answeredAt },
    ...{ name, phone, email, consent, commenterKind },
    url: site.config.publicUrl + to,
    qrTo: `${to}/qr.svg`,
    consultationTitle: announcement.title,
    agencyName: announcement.agencyName,
    consultationNumber: consultation.number,
    consultationTo: `/consultations/${consultation.number}`,
    correction: await correctionOf(site, consultation),
    comments: await receiptComments(site, receipt, consultation),
    attachments: attachmentLinks(to, receipt.attachments),
    next: nextSteps(site, receipt, consultation),
    withdrawTo: mayWithdraw ? `${to}/withdraw` : '',
    seal: sealView(receipt),
  };
}

async function correctionOf(
  site: Site,
  consultation: PublishedConsultation,
): Promise<ReceiptCorrection | null> {
  if (!consultation.correctedAt) return null;
  const newest = (await publishedNotices(site.db, consultation.id)).at(-1);
  if (!newest?.correction) return null;
  const { publishedAt: at, correction: what, sequence } = newest;
  return { at, what, older: await olderNotices(site, consultation, sequence) };
}

/** The address of a receipt within the site. */
export function receiptAt({ token }: Receipt): string {
  return `/receipts/${encodeURIComponent(token)}`;
}

/** The way to a receipt, and with its number the way on from it. */
export function crumbsOf(consultation: PublishedConsultation, receipt?: Receipt): Link[] {
  const to = `/consultations/${consultation.number}`;
  const above = [homeLink, { to, text: consultation.announcement.draftName }];
  return receipt ? [...above, { to: receiptAt(receipt), text: `回执 ${receipt.number}` }] : above;
}

/** Whether what is stored is still what was sealed, with salt and hash. */
export function sealView(receipt: Receipt): SealView {
  const to = receiptAt(receipt);
  const addresses = { canonicalTo: `${to}/canonical.json`, sealTo: `${to}/seal.json` };
  if (!receipt.seal) return { state: 'none', salt: '', hash: '', ...addresses };
  const whole = textUnderSeal(sealedFactsOf(receipt), receipt.seal) !== null;
  return { state: whole ? 'whole' : 'differs', ...receipt.seal, ...addresses };
}

function nextSteps(site: Site, receipt: Receipt, consultation: PublishedConsultation): string[] {
  const words = site.sentences.receipt.next;
  const phase = phaseOf(consultation, site.clock());
  const screened = consultation.showsComments && receipt.consent !== 'no' ? [words.screened] : [];
  const answer = receipt.email ? words.answeredByLetter : words.answered;
  const steps = {
    upcoming: [words.closes, ...screened, words.studied, answer],
    open: [words.closes, ...screened, words.studied, answer],
    closed: [words.closed, ...screened, words.studying, answer],
    answered: [],
    withdrawn: [words.stopped],
  }[phase];
  const entered = phase === 'open' && receipt.enteredAt ? [words.withdrawAtAgency] : [];
  const { closesAt, withdrawnAt, announcement } = consultation;
  const values = {
    closesAt: officialDeadline(closesAt),
    stoppedAt: withdrawnAt ? officialDayOf(withdrawnAt) : '',
    agency: announcement.agencyName,
  };
  const chosen = receipt.late ? [words.closed, words.late] : [...steps, ...entered];
  return chosen.map((sentence) => fill(sentence, values));
}
