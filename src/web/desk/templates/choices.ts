import { templateOf, templatesOf } from '../../../db/reply-templates.ts';
import { withTemplate } from '../../../domain/reply-template.ts';
import { type FormBody, raw } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Visit } from '../visit.ts';

/** The reply templates to choose from in a form. */
export async function templateChoices({ site, officer }: Visit): Promise<Choice[]> {
  const kept = await templatesOf(site.db, officer.agencyId);
  return kept.map(({ id, name }) => ({ value: String(id), label: name }));
}

/** True when a form asks for a template instead of being sent. */
export function asksForTemplate(body: FormBody): boolean {
  return raw(body, 'do') === 'template';
}

/** What was typed, with the chosen template put in; as it was where that is gone. */
export async function filledIn<T extends { readonly outcome: string; readonly reason: string }>(
  { site, officer }: Visit,
  body: FormBody,
  typed: T,
): Promise<T> {
  const template = await templateOf(site.db, officer.agencyId, Number(raw(body, 'template')) || 0);
  return template ? { ...typed, ...withTemplate(typed, template) } : typed;
}
