import type { IntakeNote } from '../../domain/import.ts';

/** How often something happened that an officer should know of. */
export type NoteCounts = Record<IntakeNote['key'], number>;

/** Nothing happened yet. */
export function noCounts(): NoteCounts {
  return {
    automaticNumbers: 0,
    trackedChanges: 0,
    footnotes: 0,
    textBoxes: 0,
    mergedCells: 0,
    pictures: 0,
    pageFurniture: 0,
    guessedEncoding: 0,
  };
}

/** The notes of what happened at least once. */
export function notesOf(counts: NoteCounts): IntakeNote[] {
  const keys = Object.keys(counts) as IntakeNote['key'][];
  return keys.map((key) => ({ key, count: counts[key] })).filter((note) => note.count > 0);
}
