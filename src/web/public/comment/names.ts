import type { Draft } from '../../../db/drafts.ts';
import type { Sentences } from '../../../sentences.ts';
import { nameOf } from '../blocks.ts';

/** What a reader calls what a comment is on, by its address in this draft; empty where that is not known. */
export function nameIn(draft: Draft | undefined, sentences: Sentences): (address: string) => string {
  const names = new Map(draft?.clauses.map((clause) => [clause.address, citedName(clause)]));
  return (address) => (address === '' ? sentences.notice.wholeDraft : (names.get(address) ?? ''));
}

function citedName(clause: Draft['clauses'][number]): string {
  return clause.citation
    ? [clause.citation, clause.heading].filter((part) => part !== '').join('　')
    : nameOf(clause);
}
