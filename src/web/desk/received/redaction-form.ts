import type { Screenable } from '../../../db/screenings.ts';
import { personalNumbers } from '../../../domain/personal-numbers.ts';
import { coveredPassages } from '../../../domain/redaction.ts';
import { textsOf, type Words } from '../../../domain/screening.ts';
import type { Sentences } from '../../../sentences.ts';
import type { Choice } from '../../public/shapes.ts';

/** The form that covers passages of a comment. */
export interface RedactionForm {
  /** Id of the redaction that the page shows, 0 for none. */
  readonly seen: number;
  /** The personal numbers that were found, each once; `value` is the passage. */
  readonly findings: readonly Choice[];
  readonly chosen: readonly string[];
  /** What the public would read; null until it is asked for. */
  readonly preview: Words | null;
}

/**
 * The form with the passages that were typed, or those that are covered now; where nothing is covered yet, every
 * number that was found is ticked.
 */
export function redactionForm(
  { original, published, redactionId }: Screenable,
  state: { readonly passages?: readonly string[]; readonly preview?: Words | null },
  sentences: Sentences,
): RedactionForm {
  const findings = findingsIn(original, sentences);
  const found = findings.map(({ value }) => value);
  const covered = redactionId === 0 ? found : coveredPassages(original, published);
  return {
    seen: redactionId,
    findings,
    chosen: (state.passages ?? covered).filter((passage) => found.includes(passage)),
    preview: state.preview ?? null,
  };
}

/** The covered passages that no number was found in, one a line: what an officer added. */
export function ownPassages({ original, published, redactionId }: Screenable, sentences: Sentences): string {
  if (redactionId === 0) return '';
  const found = findingsIn(original, sentences).map(({ value }) => value);
  return coveredPassages(original, published)
    .filter((passage) => !found.includes(passage))
    .join('\n');
}

function findingsIn(words: Words, { desk }: Sentences): Choice[] {
  const found = new Map<string, string>();
  for (const text of textsOf(words))
    for (const { kind, start, end } of personalNumbers(text))
      found.set(text.slice(start, end), desk.personalNumbers[kind]);
  return [...found].map(([value, kind]) => ({ value, label: `${kind}：${value}` }));
}
