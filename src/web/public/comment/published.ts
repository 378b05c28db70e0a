import { publishedConsultation } from '../../../db/consultations.ts';
import { type Draft, latestDraft } from '../../../db/drafts.ts';
import type { Db } from '../../../db/session.ts';
import { draftVersion } from '../../../db/versions.ts';
import type { Asks } from '../../../domain/comment.ts';

/** What never changes once it is published: read once, then kept in memory, so that most forms ask nothing. */
export interface Published {
  /** A consultation's id and what it asks of those who comment; undefined when it is not published. */
  consultation(number: string): Promise<{ readonly id: number; readonly asks: Asks } | undefined>;
  /** A version of its draft (null: the newest; so for a version that it does not have). */
  draft(consultationId: number, version: number | null): Promise<Draft | undefined>;
  /** The same draft if it is in memory; asks nothing of the database. */
  draftInMemory(number: string, version: number | null): Draft | undefined;
}

/** Keeps what is published for good of this database. */
export function keepPublished(db: Db): Published {
  const consultations = keeping(500, async (number) => {
    const found = await publishedConsultation(db, number);
    return found && { id: found.id, asks: found.asks };
  });
  const drafts = keeping(50, (key) => {
    const [id = 0, version = 0] = key.split('/').map(Number);
    return draftVersion(db, id, version);
  });
  return {
    consultation: consultations.find,
    async draft(id, version) {
      const found = version === null ? undefined : await drafts.find(`${id}/${version}`);
      return found ?? latestDraft(db, id);
    },
    draftInMemory(number, version) {
      const consultation = consultations.inMemory(number);
      return consultation && drafts.inMemory(`${consultation.id}/${version}`);
    },
  };
}

/** The last `most` things that `read` found; what it did not find is read again. */
function keeping<T>(most: number, read: (key: string) => Promise<T | undefined>) {
  const kept = new Map<string, T>();
  const find = async (key: string): Promise<T | undefined> => {
    const found = kept.get(key) ?? (await read(key));
    if (found === undefined) return undefined;
    kept.delete(key);
    kept.set(key, found);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return found;
  };
  return { find, inMemory: (key: string) => kept.get(key) };
}
