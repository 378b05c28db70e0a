import { drawUp } from '../../../actions/draw-up.ts';
import type { PublishedConsultation } from '../../../db/consultations.ts';
import { type NoticeState, noticeState } from '../../../db/notices.ts';
import type { NoticePart } from '../../../domain/notice-parts.ts';
import type { OwnPlace } from '../../../domain/notice-wording.ts';
import { may } from '../../../domain/officer.ts';
import type { Sentences } from '../../../sentences.ts';
import type { ConsultationVisit } from '../visit.ts';

/** The parts of the notice as they read now, and whether this officer can word them. */
export async function partsOfNotice(
  { site, officer, now }: ConsultationVisit,
  consultation: PublishedConsultation,
): Promise<{
  readonly parts: readonly NoticePart[];
  readonly stage: WordingStage;
  readonly mayWord: boolean;
}> {
  const { parts } = await drawUp(site.db, consultation, site.sentences.notice, now);
  const stage = stageOf(await noticeState(site.db, consultation.id));
  return { parts, stage, mayWord: stage === 'open' && may(officer, 'dispose') };
}

/** Whether the words of the notice can be edited: not before it is drawn up, nor while it is signed or published. */
export type WordingStage = 'notDrawnUp' | 'open' | 'signed' | 'published';

function stageOf(state: NoticeState | undefined): WordingStage {
  if (!state) return 'notDrawnUp';
  if (state.publishedAt) return 'published';
  return state.signing?.verdict === 'signed' ? 'signed' : 'open';
}

/** What a part of the notice is called. */
export function partName(part: string, { desk }: Sentences): string {
  const [base = '', number] = part.split('-');
  if (number !== undefined && isOwn(base)) return desk.ownParagraphs[base];
  return (desk.noticeParts as Readonly<Record<string, string>>)[base] ?? part;
}

function isOwn(base: string): base is OwnPlace {
  return base === 'changes' || base === 'next';
}
