const spaces = /[\s\u00ad\u200b-\u200d\u2060\ufeff]+/gu;
const marks = /[\p{P}\p{S}]+/gu;
const forms = new Map<string, string>();
for (const [plain, others] of [
  ['"', '“”„‟「」『』〝〞＂'],
  ["'", '‘’‚‛＇'],
  ['.', '。｡．'],
  ['-', '—–―‒‑‐－─'],
  ['·', '•・‧∙'],
] as const)
  for (const form of others) forms.set(form, plain);
const anyForm = new RegExp(`[${[...forms.keys()].join('')}]`, 'gu');

/** The text without what only typing makes different: space, full and half width, forms of quotes, stops and dashes. */
export function foldedText(text: string): string {
  const plain = text.replace(spaces, '').replace(anyForm, (form) => forms.get(form) ?? form);
  return plain.normalize('NFKC').replace(spaces, '').replace(/-+/g, '-');
}

/** The letters, Han and digits of a folded text alone; the text itself where there are none. */
export function lettersOf(folded: string): string {
  return folded.replace(marks, '') || folded;
}
