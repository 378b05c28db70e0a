import type { PublishedConsultation } from '../../../db/consultations.ts';
import { signedRows } from '../../../db/notice-rows.ts';
import { publishedNotice } from '../../../db/notices.ts';
import type { OfficialDocument } from '../../../domain/official-document.ts';
import { mostInFile, officialDocument } from '../../official.ts';
import type { Site } from '../../site.ts';
import { noticeLetter } from '../letter.ts';
import { enclosedRows } from '../outcome-rows.ts';
import { sourceOf } from './paper.ts';

/** A published notice with its table, the newest or the one with this number; undefined where there is none. */
export async function noticePaper(
  site: Site,
  consultation: PublishedConsultation,
  sequence?: number,
): Promise<OfficialDocument | undefined> {
  const published = await publishedNotice(site.db, consultation.id, sequence);
  if (!published) return undefined;
  const { notice, signingId, rowCount } = published;
  const read = (limit: number) => signedRows(site.db, signingId, { passed: 0, limit });
  const enclosed = {
    ...(await enclosedRows(rowCount, mostInFile, read)),
    ...sourceOf(site, consultation),
    sealed: false,
  };
  return officialDocument(noticeLetter(notice), enclosed, site.sentences);
}

/** The number of a notice as it stands in an address; 0, which none has, for anything else. */
export function sequenceIn(text: string): number {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 0;
}
