import type { Leaf } from './versions-scripts.ts';
import { texts } from './versions-scripts.ts';
import { type Chance, reworded, sentence } from './versions-words.ts';

/** The draft after some random edits: insert, delete, move, split, merge, reword, to articles and to items. */
export function edited(chance: Chance, draft: readonly Leaf[], edits: number): Leaf[] {
  let result = [...draft];
  for (let done = 0; done < edits; done += 1) result = editedOnce(chance, result);
  return result;
}

function editedOnce(chance: Chance, draft: readonly Leaf[]): Leaf[] {
  if (draft[0]?.level !== 'chapter') return editedList(chance, draft);
  if (chance.below(12) === 0) return movedAcross(chance, draft);
  const place = chance.below(draft.length);
  return draft.map((chapter, index) =>
    index === place ? { ...chapter, children: editedList(chance, chapter.children) } : chapter,
  );
}

function editedList(chance: Chance, articles: readonly Leaf[]): Leaf[] {
  const place = chance.below(Math.max(1, articles.length));
  const article = articles[place];
  if (!article) return [...articles];
  const edit = edits[chance.below(edits.length)] ?? inserted;
  return edit(chance, articles, place, article);
}

type Edit = (chance: Chance, articles: readonly Leaf[], place: number, article: Leaf) => Leaf[];

const inserted: Edit = (chance, articles, place) => articles.toSpliced(place, 0, newArticle(chance));
const deleted: Edit = (_, articles, place) => articles.toSpliced(place, 1);
const rewordedOne: Edit = (chance, articles, place, article) =>
  articles.with(place, { ...article, text: reworded(chance, article.text) });
const moved: Edit = (chance, articles, place, article) => {
  const rest = articles.toSpliced(place, 1);
  return rest.toSpliced(chance.below(rest.length + 1), 0, article);
};
const split: Edit = (_, articles, place, article) => {
  const end = article.text.indexOf('。') + 1;
  if (end === 0 || end === article.text.length) return [...articles];
  const first: Leaf = { ...article, text: article.text.slice(0, end), children: [] };
  return articles.toSpliced(place, 1, first, { ...article, text: article.text.slice(end) });
};
const merged: Edit = (_, articles, place, article) => {
  const other = articles[place + 1];
  if (!other || article.children.length > 0 || !article.text.endsWith('。')) return [...articles];
  const origins = [...new Set([...article.origins, ...other.origins])];
  return articles.toSpliced(place, 2, { ...other, text: article.text + other.text, origins });
};
const itemInserted: Edit = (chance, articles, place, article) => {
  if (article.children.length === 0) return [...articles];
  const item: Leaf = {
    level: 'subparagraph',
    heading: '',
    text: sentence(chance, 'item'),
    origins: [],
    children: [],
  };
  return articles.with(place, {
    ...article,
    children: article.children.toSpliced(chance.below(article.children.length), 0, item),
  });
};
const itemDeleted: Edit = (chance, articles, place, article) =>
  articles.with(place, {
    ...article,
    children: article.children.toSpliced(chance.below(Math.max(1, article.children.length)), 1),
  });
const itemReworded: Edit = (chance, articles, place, article) => {
  const at = chance.below(Math.max(1, article.children.length));
  const item = article.children[at];
  if (!item) return [...articles];
  const children = article.children.with(at, { ...item, text: reworded(chance, item.text) });
  return articles.with(place, { ...article, children });
};

const edits: readonly Edit[] = [
  inserted,
  deleted,
  rewordedOne,
  rewordedOne,
  moved,
  split,
  merged,
  itemInserted,
  itemDeleted,
  itemReworded,
];

function newArticle(chance: Chance): Leaf {
  return {
    level: 'article',
    heading: '',
    text: texts(chance, 1 + chance.below(2)),
    origins: [],
    children: [],
  };
}

function movedAcross(chance: Chance, chapters: readonly Leaf[]): Leaf[] {
  const [from, to] = [chance.below(chapters.length), chance.below(chapters.length)];
  const source = chapters[from];
  const article = source?.children[chance.below(Math.max(1, source.children.length))];
  if (!article || from === to) return [...chapters];
  return chapters.map((chapter, index) => {
    if (index === from) return { ...chapter, children: chapter.children.filter((each) => each !== article) };
    return index === to ? { ...chapter, children: [article, ...chapter.children] } : chapter;
  });
}
