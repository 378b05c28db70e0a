import { createClauseFinder, type FindableClause, namesWholeDraft } from '../domain/clause-finder.ts';
import { loadFold } from '../script.ts';

/** What words about a clause mean: the whole draft, or clauses of it, one, several or none. */
export type Meant<C> = 'wholeDraft' | readonly C[];

/** What understands which clause of a draft is meant (domain/clause-finder), whatever the script and width of the words. */
export async function clauseSearch<C extends FindableClause>(
  clauses: readonly C[],
): Promise<(words: string) => Meant<C>> {
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
  const search = (words: string) => {
    const asked = fold(words);
    return namesWholeDraft(asked) ? 'wholeDraft' : find(asked).map(({ clause }) => clause);
  };
  return remembering(search);
}

/** A table names the same few clauses thousands of times. */
function remembering<T>(search: (words: string) => T): (words: string) => T {
  const known = new Map<string, T>();
  return (words) => {
    const found = known.get(words) ?? search(words);
    known.set(words, found);
    return found;
  };
}
