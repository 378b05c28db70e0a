/** The text of a file, and whether its encoding had to be guessed. */
export interface Decoded {
  readonly text: string;
  readonly guessed: boolean;
}

type Encoding = 'utf-8' | 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be';

const sampled = 100_000;
const leastPlausible = 0.5;

/**
 * Reads bytes as text: by byte order mark, as UTF-8, by the `declared` name of an encoding, else in the encoding that
 * gives the most plausible Chinese (GB18030, Big5, UTF-16). Null when none does: then these bytes are no text.
 */
export function decode(bytes: Uint8Array, declared: string | null = null): Decoded | null {
  const marked = byMark(bytes);
  if (marked) return readable(textOf(bytes, marked), false);
  const wide = bytes.includes(0) ? guess(bytes, ['utf-16le', 'utf-16be']) : null;
  return wide ?? readable(strictText(bytes, 'utf-8'), false) ?? eightBit(bytes, declared);
}

function eightBit(bytes: Uint8Array, declared: string | null): Decoded | null {
  const named = declared === null ? null : nameOf(declared);
  const text = named === null ? null : strictText(bytes, named);
  if (named !== null && text !== null && plausibility(text) >= leastPlausible) return readable(text, false);
  return damaged(bytes) ?? guess(bytes, ['gb18030', 'big5', 'utf-16le', 'utf-16be']);
}

/** The name that the one decoder for a family of encodings goes by. */
function nameOf(declared: string): Encoding | null {
  const name = declared.trim().toLowerCase();
  if (/^(gb2312|gbk|gb18030|gb_2312|gb_2312-80|x-gbk|cp936|windows-936|euc-cn)$/.test(name)) return 'gb18030';
  return /^(big5|big5-hkscs|x-x-big5|cn-big5|cp950)$/.test(name) ? 'big5' : null;
}

/** UTF-8 with a broken character here and there, as when a file was cut or glued together. */
function damaged(bytes: Uint8Array): Decoded | null {
  const text = textOf(bytes, 'utf-8');
  let [foreign, broken] = [0, 0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) broken += 1;
    else if (code > 0x7f) foreign += 1;
  }
  return broken * 50 < foreign ? readable(text, true) : null;
}

function guess(bytes: Uint8Array, encodings: readonly Encoding[]): Decoded | null {
  const sample = bytes.subarray(0, sampled);
  const ranked = encodings.map((encoding) => ({
    encoding,
    score: plausibility(textOf(sample, encoding, true)),
  }));
  const best = ranked.reduce((first, next) => (next.score > first.score ? next : first));
  return best.score < leastPlausible ? null : readable(textOf(bytes, best.encoding), true);
}

/** Share of a text that is frequent Chinese, its punctuation, or print of any alphabet; broken characters count heavily. */
function plausibility(text: string): number {
  let [seen, plausible] = [0, 0];
  for (const character of text.slice(0, sampled)) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) continue;
    seen += 1;
    if ((code > 0x20 && code < 0x7f) || isPunctuation(code) || frequent().has(character)) plausible += 1;
    else if (code === 0xfffd || code < 0x20) plausible -= 4;
  }
  return seen === 0 ? 0 : plausible / seen;
}

function isPunctuation(code: number): boolean {
  return (
    (code >= 0x3000 && code <= 0x301f) ||
    (code >= 0xff00 && code <= 0xff5e) ||
    (code >= 0x2010 && code <= 0x2026) ||
    (code >= 0x2460 && code <= 0x249b) ||
    code === 0xa0 ||
    code === 0xb7
  );
}

let frequentCharacters: ReadonlySet<string> | null = null;

/** The first level of GB 2312 and of Big5: the characters in ordinary use, as each standard orders them. */
function frequent(): ReadonlySet<string> {
  frequentCharacters ??= new Set([
    ...textOf(plane([0xb0, 0xd7], [[0xa1, 0xfe]]), 'gb18030'),
    ...textOf(
      plane(
        [0xa4, 0xc6],
        [
          [0x40, 0x7e],
          [0xa1, 0xfe],
        ],
      ),
      'big5',
    ),
  ]);
  return frequentCharacters;
}

type Range = readonly [first: number, last: number];

function plane([first, last]: Range, trails: readonly Range[]): Uint8Array {
  const bytes: number[] = [];
  for (let lead = first; lead <= last; lead += 1)
    for (const [from, to] of trails) for (let trail = from; trail <= to; trail += 1) bytes.push(lead, trail);
  return Uint8Array.from(bytes);
}

function byMark([first, second, third]: Uint8Array): Encoding | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

function strictText(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function textOf(bytes: Uint8Array, encoding: Encoding, cut = false): string {
  return new TextDecoder(encoding).decode(bytes, { stream: cut });
}

/** Text has line ends and tabs; more than a stray other control character means a program's file. */
function readable(text: string | null, guessed: boolean): Decoded | null {
  if (text === null) return null;
  let controls = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 && (code < 0x09 || code > 0x0d)) controls += 1;
  }
  return controls * 100 > text.length ? null : { text, guessed };
}
