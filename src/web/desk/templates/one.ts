import type { FastifyReply } from 'fastify';
import { keepTemplate, removeTemplate } from '../../../actions/keep-template.ts';
import { type KeptTemplate, templateOf } from '../../../db/reply-templates.ts';
import type { Issue } from '../../../domain/issue.ts';
import {
  judgeTemplate,
  type ReplyTemplate,
  type ReplyTemplateInput,
} from '../../../domain/reply-template.ts';
import { type FormBody, type FormState, raw } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import { deedDone } from '../meanwhile.ts';
import { goTo, idIn, sendDesk, sendNotFound } from '../page.ts';
import { revisionIn, wentStale } from '../stale.ts';
import type { Visit } from '../visit.ts';
import { templateForm, typedTemplate } from './form.ts';
import { sendTemplates } from './list.ts';

export interface TemplatePage {
  readonly form: FormState;
  readonly outcomes: readonly Choice[];
  readonly to: string;
  readonly revision: number;
  /** What stands now, where somebody changed it after the page was opened. */
  readonly stands: ReplyTemplate | null;
}

/** One template, to be changed or removed. */
export async function showTemplate(visit: Visit): Promise<FastifyReply> {
  const template = await asked(visit);
  return template ? sendTemplate(visit, template, typedFrom(template)) : sendNotFound(visit);
}

/** Changes or removes a template; the second of two officers sees both texts and loses none. */
export async function takeTemplateChange(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const template = await asked(visit);
  const body = (request.body ?? {}) as FormBody;
  const typed = typedTemplate(body);
  if (!template) return sendRemoved(visit, typed);
  const seen = { ...template, revision: revisionIn(body) };
  if (raw(body, 'do') === 'remove') {
    if (await wentStale(removeTemplate(site.db, { officer, template: seen }, now)))
      return stale(visit, typed);
    return goTo(visit, '/desk/templates?done=templateRemoved');
  }
  const judged = judgeTemplate(typed);
  if ('issues' in judged) return sendTemplate(visit, seen, typed, judged.issues);
  const keeping = keepTemplate(site.db, { officer, place: seen, template: judged }, now);
  if (await wentStale(keeping)) return stale(visit, typed);
  const refused = await keeping;
  if (refused) return sendTemplate(visit, seen, typed, refused.issues);
  return goTo(visit, '/desk/templates?done=templateKept');
}

async function stale(visit: Visit, typed: ReplyTemplateInput): Promise<FastifyReply> {
  const stands = await asked(visit);
  return stands ? sendTemplate(visit, stands, typed, [], stands) : sendRemoved(visit, typed);
}

async function sendRemoved(visit: Visit, typed: ReplyTemplateInput): Promise<FastifyReply> {
  const detail = { templateId: idIn(visit.request, 'template') ?? 0 };
  const removed = await deedDone(visit, { deeds: ['templateRemoved'], detail });
  return removed ? sendTemplates(visit, typed, { removed }) : sendNotFound(visit);
}

function asked({ site, request, officer }: Visit): Promise<KeptTemplate | undefined> {
  return templateOf(site.db, officer.agencyId, idIn(request, 'template') ?? 0);
}

function typedFrom({ name, outcome, text }: ReplyTemplate): ReplyTemplateInput {
  return { templateName: name, templateOutcome: outcome ?? '', templateText: text };
}

function sendTemplate(
  visit: Visit,
  { id, revision }: Pick<KeptTemplate, 'id' | 'revision'>,
  typed: ReplyTemplateInput,
  issues: readonly Issue[] = [],
  stands: ReplyTemplate | null = null,
): Promise<FastifyReply> {
  const { sentences } = visit.site;
  const page = {
    title: sentences.desk.template,
    crumbs: [{ to: '/desk/templates', text: sentences.desk.templates }],
    ...templateForm(typed, issues, sentences),
    ...{ to: `/desk/templates/${id}`, revision, stands },
  };
  return sendDesk(visit, 'desk/template', page, stands ? 409 : issues.length > 0 ? 422 : 200);
}
