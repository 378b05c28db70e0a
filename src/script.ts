/** The scripts a page can be read in: Simplified and Traditional characters. */
export type Script = 'hans' | 'hant';

/**
 * A page of HTML in a script: phrase by phrase, words of one region are not put for those of another. Text is
 * converted, and the attributes that are read aloud; not addresses, values of fields, what stands in `textarea`, or
 * what an element with `translate="no"` holds (no element of its own name). Text already in the script stays as it is.
 */
export async function inScript(html: string, script: Script): Promise<string> {
  const { convert, isIn } = await convertersOf(script);
  return mapText(html, (text) => (isIn(text) ? text : convert(text)));
}

/** Loads what folds characters, so that texts that differ only by script, width, case or blanks become equal. */
export async function loadFold(): Promise<(text: string) => string> {
  const simplified = perCharacter((await toSimplified()).convert);
  return (text) => {
    let folded = '';
    for (const character of text.normalize('NFKC').toLowerCase()) folded += simplified(character);
    return folded.replace(/\s+/gu, ' ').trim();
  };
}

/** Loads what spells a word as others may have typed it: in either script, narrow and wide. Case is left to the search. */
export async function loadSpellings(): Promise<(word: string) => string[]> {
  const [hans, hant] = await Promise.all([toSimplified(), toTraditional()]);
  return (word) => {
    const narrow = word.normalize('NFKC');
    const wide = narrow.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    return [...new Set([word, narrow, hans.convert(narrow), hant.convert(narrow), wide])];
  };
}

type Convert = (text: string) => string;

interface Converters {
  readonly convert: Convert;
  /** True when most characters that differ between the scripts are of this one, or none differ. */
  readonly isIn: (text: string) => boolean;
}

async function convertersOf(script: Script): Promise<Converters> {
  const [hans, hant] = await Promise.all([toSimplified(), toTraditional()]);
  const [to, from] = script === 'hant' ? [hant, hans] : [hans, hant];
  return { convert: to.convert, isIn: (text) => to.count(text) <= from.count(text) };
}

interface Direction {
  readonly convert: Convert;
  /** How many characters of a text it would change, each by itself. */
  readonly count: (text: string) => number;
}

// Loaded when first asked for: a portal starts without the dictionaries (0.3 s and 45 MB for Traditional).
const toTraditional = once(async () => {
  const [{ ConverterBuilder }, preset] = await Promise.all([
    import('opencc-js/core'),
    import('opencc-js/preset/cn2t'),
  ]);
  return direction(ConverterBuilder(preset)({ from: 'cn', to: 'tw' }));
});

const toSimplified = once(async () => {
  const [{ ConverterBuilder }, preset] = await Promise.all([
    import('opencc-js/core'),
    import('opencc-js/preset/t2cn'),
  ]);
  return direction(ConverterBuilder(preset)({ from: 't', to: 'cn' }));
});

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

function direction(convert: Convert): Direction {
  const alone = perCharacter(convert);
  const count = (text: string) => {
    let changed = 0;
    for (const character of text) if (alone(character) !== character) changed += 1;
    return changed;
  };
  return { convert, count };
}

// Not more entries than there are characters: a code point is one key.
function perCharacter(convert: Convert): Convert {
  const known = new Map<string, string>();
  return (character) => {
    if (character <= '\u007f') return character;
    let found = known.get(character);
    if (found === undefined) {
      found = convert(character);
      known.set(character, found);
    }
    return found;
  };
}

const spoken = / (aria-label|alt|title|placeholder)="([^"]*)"/g;

/** Maps text and spoken attributes of HTML in which `<` and `>` stand for tags only. */
function mapText(html: string, map: Convert): string {
  const parts: string[] = [];
  for (let at = 0; at < html.length; ) {
    const opens = indexOrEnd(html, '<', at);
    parts.push(map(html.slice(at, opens)));
    const closes = indexOrEnd(html, '>', opens) + 1;
    const tag = html.slice(opens, closes);
    parts.push(tag.replace(spoken, (_, name: string, value: string) => ` ${name}="${map(value)}"`));
    at = keepsItsText(tag) ? indexOrEnd(html, `</${nameOf(tag)}`, closes) : closes;
    parts.push(html.slice(closes, at));
  }
  return parts.join('');
}

function indexOrEnd(html: string, what: string, from: number): number {
  const found = html.indexOf(what, from);
  return found < 0 ? html.length : found;
}

function keepsItsText(tag: string): boolean {
  return tag.includes(' translate="no"') || /^<(textarea|script|style)\b/.test(tag);
}

function nameOf(tag: string): string {
  return /^<([a-z0-9]+)/.exec(tag)?.[1] ?? '';
}
