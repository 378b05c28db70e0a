import type { Meant } from '../../../actions/clause-search.ts';
import type { Clause } from '../../../db/drafts.ts';
import type { Issue } from '../../../domain/issue.ts';
import type { Choice } from '../../public/shapes.ts';
import type { HintedChoice } from '../contexts.ts';
import type { TypedComment } from './form.ts';

/** The clause that a comment is on, by address; or what to put right, with clauses to choose from. */
export type Resolved =
  | { readonly address: string }
  | { readonly issue: Issue; readonly candidates: readonly HintedChoice[] };

const mostCandidates = 12;

/** Finds the clause a comment is on; where the words can mean several, the one that was picked among them. */
export function resolve(
  { clause: words, pick }: Pick<TypedComment, 'clause' | 'pick'>,
  index: number,
  search: (words: string) => Meant<Clause>,
): Resolved {
  const meant = search(words);
  if (meant === 'wholeDraft') return { address: '' };
  const [only] = meant.length === 1 ? meant : meant.filter(({ address }) => address === pick);
  if (only) return { address: only.address };
  const field = `clause-${index}`;
  const count = meant.length;
  if (count === 0) return { issue: { field, key: 'noSuchClause', values: { words } }, candidates: [] };
  const isMany = count > mostCandidates;
  const issue = isMany
    ? { field, key: 'tooManyClauses', values: { words, count, shown: mostCandidates } }
    : { field: `pick-${index}`, key: 'severalClauses', values: { words, count } };
  return { issue, candidates: meant.slice(0, mostCandidates).map(candidate) };
}

const choosable = new Set<Clause['kind']>(['clause', 'annex', 'preamble']);

/** Every clause with words that name it and no other, and what it is about: for the list that a field offers. */
export function clauseList(clauses: readonly Clause[]): Choice[] {
  const counts = new Map<string, number>();
  for (const { citation } of clauses) counts.set(citation, (counts.get(citation) ?? 0) + 1);
  return clauses
    .filter(({ kind }) => choosable.has(kind))
    .map((clause) => {
      const isOwn = clause.citation !== '' && counts.get(clause.citation) === 1;
      return { value: isOwn ? clause.citation : clause.address, label: about(clause, 20) };
    });
}

function candidate(clause: Clause): HintedChoice {
  const { address, citation, heading } = clause;
  const label = [citation, heading].filter((part) => part !== '').join('　') || address;
  return { value: address, label, hint: clause.text === '' ? '' : cut(clause.text, 60) };
}

function about({ citation, heading, text }: Clause, most: number): string {
  return [citation, heading || cut(text, most)].filter((part) => part !== '').join('　');
}

function cut(text: string, most: number): string {
  const words = [...text.replaceAll('\n', ' ')];
  return words.slice(0, most).join('') + (words.length > most ? '……' : '');
}
