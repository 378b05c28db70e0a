import { fill } from '../../../domain/fill.ts';
import type { Sentences } from '../../../sentences.ts';

/** What a version of a draft is called. */
export function versionName(version: number, sentences: Sentences): string {
  return fill(sentences.versionName, { version });
}
