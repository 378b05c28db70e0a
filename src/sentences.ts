import { readFileSync } from 'node:fs';
import path from 'node:path';
import type sample from '../views/sentences/zh-Hans.json';
import { root } from './root.ts';

/** The sentences that code chooses, in the language of the interface; page text stands in the templates. */
export type Sentences = typeof sample;

/** Reads the sentences of a language. Throws an Error when there is no such file. */
export function loadSentences(language = 'zh-Hans'): Sentences {
  return JSON.parse(
    readFileSync(path.join(root, 'views/sentences', `${language}.json`), 'utf8'),
  ) as Sentences;
}
