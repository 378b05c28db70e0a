import type { Choice } from '../shapes.ts';

/** Choices in the order of their keys. */
export function choices<K extends string>(keys: readonly K[], words: Readonly<Record<K, string>>): Choice[] {
  return keys.map((value) => ({ value, label: words[value] }));
}
