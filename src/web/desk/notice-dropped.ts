import type { FastifyReply } from 'fastify';
import { dropDraft } from '../../actions/drop-draft.ts';
import { isPublished } from '../../db/consultations.ts';
import { type Dropping, draftDroppings } from '../../db/draft-droppings.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, type FormState, formState, raw, text } from '../forms.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

export interface DroppedPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** The reason that counts now; empty while the draft is not dropped. */
  readonly reason: string;
  readonly seen: number;
  readonly stale: boolean;
  /** Newest first. */
  readonly droppings: readonly Dropping[];
}

/** Where it is declared that the draft is dropped, with the reason that the notice prints. */
export async function showDropped(visit: ConsultationVisit): Promise<FastifyReply> {
  return isPublished(visit.consultation) ? sendDropped(visit) : goTo(visit, baseOf(visit.consultation));
}

/** Declares the draft dropped, or takes that back. */
export async function takeDropped(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = text(body, 'reason');
  const reason = raw(body, 'do') === 'keep' ? null : typed;
  const input = { officer, consultationId: consultation.id, seen: Number(raw(body, 'seen')) || 0, reason };
  let issues: readonly Issue[] = [];
  const stale = await wentStale(
    dropDraft(site.db, input, now).then((refused) => {
      issues = refused?.issues ?? [];
    }),
  );
  if (stale || issues.length > 0) return sendDropped(visit, { typed, issues, status: stale ? 409 : 422 });
  const done = reason === null ? 'draftKept' : 'draftDropped';
  return goTo(visit, `${baseOf(consultation)}/notice?done=${done}`);
}

async function sendDropped(
  visit: ConsultationVisit,
  again?: { readonly typed: string; readonly issues: readonly Issue[]; readonly status: 409 | 422 },
): Promise<FastifyReply> {
  const { sentences, db } = visit.site;
  const droppings = await draftDroppings(db, visit.consultation.id);
  const reason = droppings[0]?.reason ?? '';
  const page = {
    title: sentences.desk.dropDraft,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'notice'),
    form: formState({ reason: again?.typed ?? reason }, again?.issues ?? [], sentences),
    reason,
    seen: droppings[0]?.id ?? 0,
    stale: again?.status === 409,
    droppings,
  };
  return sendDesk(visit, 'desk/notice-dropped', page, again?.status ?? 200);
}
