import type { FastifyReply } from 'fastify';
import { keepTemplate } from '../../../actions/keep-template.ts';
import { templatesOf } from '../../../db/reply-templates.ts';
import type { Issue } from '../../../domain/issue.ts';
import { judgeTemplate } from '../../../domain/reply-template.ts';
import type { FormBody, FormState } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { ToldDeed } from '../meanwhile.ts';
import { goTo, sendDesk } from '../page.ts';
import type { Visit } from '../visit.ts';
import { blankTemplate, templateForm, typedTemplate } from './form.ts';

export interface TemplatesPage {
  readonly templates: readonly {
    readonly to: string;
    readonly name: string;
    /** Empty: goes with any outcome. */
    readonly outcome: string;
    readonly text: string;
  }[];
  readonly form: FormState;
  readonly outcomes: readonly Choice[];
  /** Who removed the template that the words in the form were meant for; null otherwise. */
  readonly removed: ToldDeed | null;
}

/** The reply templates of the agency, and the form for another. */
export function showTemplates(visit: Visit): Promise<FastifyReply> {
  return sendTemplates(visit, blankTemplate);
}

/** Keeps a new template. */
export async function takeTemplate(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const typed = typedTemplate((request.body ?? {}) as FormBody);
  const template = judgeTemplate(typed);
  if ('issues' in template) return sendTemplates(visit, typed, { issues: template.issues });
  const refused = await keepTemplate(site.db, { officer, place: 'new', template }, now);
  return refused ? sendTemplates(visit, typed, refused) : goTo(visit, '/desk/templates?done=templateKept');
}

/** Sends the list with words in the form for another: those of a template that was removed (`removed`) can be kept anew. */
export async function sendTemplates(
  visit: Visit,
  typed: typeof blankTemplate,
  {
    issues = [],
    removed = null,
  }: { readonly issues?: readonly Issue[]; readonly removed?: ToldDeed | null } = {},
): Promise<FastifyReply> {
  const { site, officer } = visit;
  const { sentences } = site;
  const kept = await templatesOf(site.db, officer.agencyId);
  const page = {
    title: sentences.desk.templates,
    ...templateForm(typed, issues, sentences),
    templates: kept.map(({ id, name, outcome, text }) => ({
      ...{ to: `/desk/templates/${id}`, name, text },
      outcome: outcome ? sentences.outcomes[outcome] : '',
    })),
    removed,
  };
  return sendDesk(visit, 'desk/templates', page, removed ? 409 : issues.length > 0 ? 422 : 200);
}
