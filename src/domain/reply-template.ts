import { type Outcome, outcomes } from './disposition.ts';
import type { Issue } from './issue.ts';

/** What stands in a reason for the clause that a comment is about. */
export const clausePlaceholder = '{条款}';

/** What is put in its place for a comment on the whole draft. */
export const wholeDraftWords = '征求意见稿';

/** Words that an agency gives again and again, with the outcome they go with; null: with any. */
export interface ReplyTemplate {
  readonly name: string;
  readonly outcome: Outcome | null;
  readonly text: string;
}

/** As typed; an empty outcome goes with any. */
export interface ReplyTemplateInput {
  readonly templateName: string;
  readonly templateOutcome: string;
  readonly templateText: string;
}

const longest = { templateName: 60, templateText: 5_000 } as const;

/** A template, or issues on its fields. */
export function judgeTemplate(input: ReplyTemplateInput): ReplyTemplate | { readonly issues: Issue[] } {
  const outcome = outcomes.find((each) => each === input.templateOutcome) ?? null;
  const issues: Issue[] = [];
  for (const field of ['templateName', 'templateText'] as const) {
    const { length } = [...input[field]];
    const limit = longest[field];
    if (length === 0) issues.push({ field, key: 'required' });
    if (length > limit) issues.push({ field, key: 'tooLong', values: { limit, length } });
  }
  if (outcome === null && input.templateOutcome !== '')
    issues.push({ field: 'templateOutcome', key: 'choose' });
  return issues.length > 0 ? { issues } : { name: input.templateName, outcome, text: input.templateText };
}

/** What stands in a disposition form once a template is used: words that were typed stay, its own follow. */
export function withTemplate(
  typed: { readonly outcome: string; readonly reason: string },
  { outcome, text }: ReplyTemplate,
): { readonly outcome: string; readonly reason: string } {
  return {
    outcome: typed.outcome || (outcome ?? ''),
    reason: typed.reason ? `${typed.reason}\n${text}` : text,
  };
}
