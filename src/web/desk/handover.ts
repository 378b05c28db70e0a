import type { FastifyReply } from 'fastify';
import { handOver } from '../../actions/hand-over.ts';
import { officersOf } from '../../db/officers.ts';
import { talliesOf } from '../../db/tallies.ts';
import type { Issue } from '../../domain/issue.ts';
import { may } from '../../domain/officer.ts';
import { undisposedOf } from '../../domain/tallies.ts';
import { type FormBody, type FormState, formState, raw } from '../forms.ts';
import type { Choice } from '../public/shapes.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { lookAgain, wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

export interface HandoverPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** Who is responsible now: the id that the form was made for, and the name. */
  readonly seen: number;
  readonly responsible: string;
  /** How many comments that wait for a disposition are assigned to that officer: they go along. */
  readonly assigned: number;
  readonly colleagues: readonly Choice[];
  /** Somebody else handed it over in the meantime. */
  readonly stale: boolean;
}

/** Where a consultation is handed over to a colleague. */
export function showHandover(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendHandover(visit, '', { issues: [] });
}

/** Hands it over. */
export async function takeHandover(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const chosen = raw(body, 'responsible');
  const input = { officer, id: consultation.id, seen: idOf(raw(body, 'seen')) ?? 0, to: idOf(chosen) };
  const handing = handOver(site.db, input, now);
  if (await wentStale(handing))
    return sendHandover(await lookAgain(visit), chosen, { issues: [], stale: true });
  const refused = await handing;
  if (refused) return sendHandover(visit, chosen, refused);
  return goTo(visit, `${baseOf(consultation)}?done=handedOver`);
}

async function sendHandover(
  visit: ConsultationVisit,
  chosen: string,
  { issues, stale = false }: { readonly issues: readonly Issue[]; readonly stale?: boolean },
): Promise<FastifyReply> {
  const { site, officer, consultation } = visit;
  const officers = await officersOf(site.db, officer.agencyId);
  const { responsibleId } = consultation;
  const page = {
    title: site.sentences.desk.handover,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'overview'),
    form: formState({ responsible: chosen }, issues, site.sentences),
    seen: responsibleId,
    responsible: officers.find(({ id }) => id === responsibleId)?.name ?? '',
    assigned: undisposedOf(await talliesOf(site.db, { consultationId: consultation.id }), [
      `o${responsibleId}`,
    ]),
    colleagues: officers
      .filter((each) => each.id !== responsibleId && !each.disabledAt && may(each, 'prepare'))
      .map(({ id, name, role }) => ({
        value: String(id),
        label: `${name}（${site.sentences.roles[role]}）`,
      })),
    stale,
  };
  return sendDesk(visit, 'desk/handover', page, issues.length > 0 ? 422 : stale ? 409 : 200);
}

function idOf(typed: string): number | null {
  return /^[1-9]\d{0,14}$/.test(typed) ? Number(typed) : null;
}
