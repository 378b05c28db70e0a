import { fill } from '../../../domain/fill.ts';
import type { Issue } from '../../../domain/issue.ts';
import { verdicts } from '../../../domain/screening.ts';
import type { Sentences } from '../../../sentences.ts';
import { type FormState, formState } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { HintedChoice } from '../contexts.ts';

/** What was typed to screen many comments, and why it was not taken. */
export interface BulkState {
  readonly form: FormState;
  readonly chosen: readonly number[];
  readonly status: 409 | 422;
}

/** The form that screens many comments at once. */
export interface BulkForm {
  readonly form: FormState;
  /** Ids of the comments that are ticked. */
  readonly chosen: readonly number[];
  readonly stale: boolean;
  readonly scopes: readonly Choice[];
  readonly verdicts: readonly HintedChoice[];
}

/** The form as it was typed, or empty. */
export function bulkForm(state: BulkState | undefined, sentences: Sentences): BulkForm {
  const { screeningScopes } = sentences.desk;
  return {
    form: state?.form ?? formState({ scope: 'chosen' }, [], sentences),
    chosen: state?.chosen ?? [],
    stale: state?.status === 409,
    scopes: (['chosen', 'page'] as const).map((value) => ({ value, label: screeningScopes[value] })),
    verdicts: verdictChoices(sentences),
  };
}

/** The two verdicts, each with what it means. */
export function verdictChoices({ screenings, desk }: Sentences): HintedChoice[] {
  return verdicts.map((value) => ({ value, label: screenings[value], hint: desk.screeningHints[value] }));
}

/** What was typed, with a sentence for each issue. */
export function typedBulk(
  typed: { readonly scope: string; readonly verdict: string; readonly screeningReason: string },
  issues: readonly Issue[],
  sentences: Sentences,
): FormState {
  return formState({ ...typed }, issues, sentences);
}

/** What was just done to many comments together, by the numbers in the address; empty for nothing. */
export function togetherSentence(numberOf: (name: string) => number, { desk }: Sentences): string {
  const [screened, together, takenBack] = ['screened', 'together', 'takenBack'].map(numberOf);
  const count = numberOf('passed');
  const [given, givenBack] = [numberOf('given'), numberOf('givenBack')];
  if (given) return fill(desk.givenCount, { count: given });
  if (givenBack) return fill(desk.givenBackCount, { count: givenBack });
  if (together) return fill(desk.disposedTogether, { count: together });
  if (takenBack)
    return fill(desk.takenBack, { takenBack }) + (count > 0 ? fill(desk.leftAlone, { count }) : '');
  if (!screened && count === 0) return '';
  return (
    fill(desk.screenedCount, { screened: screened ?? 0 }) +
    (count > 0 ? fill(desk.passedOver, { count }) : '')
  );
}
