import { type PublishedConsultation, publishedConsultation } from '../db/consultations.ts';
import type { Db } from '../db/session.ts';

/** A published consultation by its number, never older than the call, or undefined. */
export type FindPublished = (number: string) => Promise<PublishedConsultation | undefined>;

const mostKept = 500;

/** Reads each consultation once per version of the public content, however many ask at the same time. */
export function createFindPublished(db: Db, version: () => Promise<number>): FindPublished {
  const kept = new Map<string, { version: number; found: Promise<PublishedConsultation | undefined> }>();

  return async (number) => {
    const current = await version();
    const known = kept.get(number);
    if (known?.version === current) return known.found;
    if (kept.size >= mostKept) kept.clear();
    const found = publishedConsultation(db, number);
    kept.set(number, { version: current, found });
    found.catch(() => kept.delete(number));
    return found;
  };
}
