import type Handlebars from 'handlebars';
import { fill } from '../domain/fill.ts';
import {
  officialArrival,
  officialDay,
  officialDayOf,
  officialDeadline,
  officialMinute,
} from '../domain/shanghai.ts';
import type { Sentences } from '../sentences.ts';
import { type Frame, hrefIn } from './frame.ts';
import { headingWords } from './public/letter.ts';

interface Options {
  readonly data: { readonly root: { readonly frame: Frame } };
  readonly hash: Readonly<Record<string, string | number>>;
}

/**
 * What templates can say. Every helper returns text, never markup, so that everything is escaped once:
 * `{{href "/path"}}`, `{{day d}}`, `{{deadline d}}`, `{{minute d}}`, `{{arrival d}}`, `{{iso d}}`, `{{s "phases" phase}}`, `{{s "alikeRow" count=2}}` (puts values in),
 * `{{#if (eq a b)}}`, `{{#if (has list x)}}`, `{{#each (paragraphs text)}}`, `{{#each (words heading)}}`, `{{add n 1}}`, `{{encoded text}}` (for an address), `{{json x}}`.
 */
export function registerHelpers(engine: typeof Handlebars, sentences: Sentences): void {
  engine.registerHelper({
    href: (path: string, { data }: Options) => hrefIn(data.root.frame.large, path, data.root.frame.script),
    day: (value: Date | string) =>
      typeof value === 'string' ? value && officialDay(value) : officialDayOf(value),
    deadline: (value: Date) => officialDeadline(value),
    minute: (value: Date) => officialMinute(value),
    arrival: (value: Date) => officialArrival(value),
    iso: (value: Date) => value.toISOString(),
    s: (...given: unknown[]) => {
      const { hash } = given.at(-1) as Options;
      const sentence = lookUp(sentences, given.slice(0, -1).map(String));
      return Object.keys(hash).length > 0 ? fill(sentence, hash) : sentence;
    },
    eq: (a: unknown, b: unknown) => a === b,
    has: (list: readonly unknown[] | undefined, value: unknown) => list?.includes(value) ?? false,
    paragraphs: (text: string) => text.split('\n').filter((line) => line.trim() !== ''),
    words: headingWords,
    add: (a: number, b: number) => a + b,
    encoded: encodeURIComponent,
  });
}

/** The sentence at a path such as `phases`, `open`. Throws an Error when there is none. */
export function lookUp(sentences: object, path: readonly string[]): string {
  let found: unknown = sentences;
  for (const step of path) found = (found as Record<string, unknown> | undefined)?.[step];
  if (typeof found !== 'string') throw new Error(`no sentence at ${path.join('.')}`);
  return found;
}
