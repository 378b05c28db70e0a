import type { Clause } from '../db/drafts.ts';
import { createClauseFinder, namesWholeDraft } from '../domain/clause-finder.ts';
import { loadFold } from '../script.ts';

/** What words about a clause mean: the whole draft, or clauses of it, one, several or none. */
export type Meant = 'wholeDraft' | readonly Clause[];

/** What understands which clause of a draft is meant (domain/clause-finder), whatever the script and width of the words. */
export async function clauseSearch(clauses: readonly Clause[]): Promise<(words: string) => Meant> {
  const fold = await loadFold();
  const find = createClauseFinder(
    clauses.map((clause) => ({
      clause,
      ...{ address: clause.address, kind: clause.kind, level: clause.level, parent: clause.parent },
      label: fold(clause.label),
      citation: fold(clause.citation),
      heading: fold(clause.heading),
      text: fold(clause.text),
    })),
  );
  return (words) => {
    const asked = fold(words);
    return namesWholeDraft(asked) ? 'wholeDraft' : find(asked).map(({ clause }) => clause);
  };
}
