import { outcomes } from '../../../domain/disposition.ts';
import type { Issue } from '../../../domain/issue.ts';
import type { ReplyTemplateInput } from '../../../domain/reply-template.ts';
import type { Sentences } from '../../../sentences.ts';
import { type FormBody, type FormState, formState, line, text } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';

/** A template not yet typed. */
export const blankTemplate: ReplyTemplateInput = { templateName: '', templateOutcome: '', templateText: '' };

/** A template as typed, cleaned. */
export function typedTemplate(body: FormBody): ReplyTemplateInput {
  return {
    templateName: line(body, 'templateName'),
    templateOutcome: line(body, 'templateOutcome'),
    templateText: text(body, 'templateText'),
  };
}

/** What a form for a template shows. */
export function templateForm(
  typed: ReplyTemplateInput,
  issues: readonly Issue[],
  sentences: Sentences,
): { readonly form: FormState; readonly outcomes: readonly Choice[] } {
  const any = { value: '', label: sentences.desk.anyOutcome };
  return {
    form: formState({ ...typed }, issues, sentences),
    outcomes: [any, ...outcomes.map((value) => ({ value, label: sentences.outcomes[value] }))],
  };
}
