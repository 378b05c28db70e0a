import { publicVersion } from '../../db/public-version.ts';
import { searchableTexts } from '../../db/search.ts';
import type { Db } from '../../db/session.ts';
import { loadFold } from '../../script.ts';

/** Ids of the published consultations in which every word stands, whatever the script, width or case of either. */
export type FindByWords = (words: string) => Promise<number[]>;

const mostWords = 8;

interface Index {
  readonly version: number;
  readonly entries: readonly { readonly id: number; readonly texts: readonly string[] }[];
}

/** Searches a folded copy of what consultations are found by; made anew when the public content has changed. */
export function createFindByWords(db: Db): FindByWords {
  let kept: Index | undefined;
  return async (words) => {
    const fold = await loadFold();
    const version = await publicVersion(db);
    if (kept?.version !== version) kept = { version, entries: await readEntries(db, fold) };
    const sought = fold(words).split(' ').slice(0, mostWords);
    const found = kept.entries.filter(({ texts }) =>
      sought.every((word) => texts.some((text) => text.includes(word))),
    );
    return found.map(({ id }) => id);
  };
}

async function readEntries(db: Db, fold: (text: string) => string): Promise<Index['entries']> {
  const texts = await searchableTexts(db);
  return texts.map(({ id, text }) => ({ id, texts: text.split('\n').map(fold) }));
}
