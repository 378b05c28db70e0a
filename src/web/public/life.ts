import type { PublishedConsultation } from '../../db/consultations.ts';
import { type Extension, extensionsOf } from '../../db/extensions.ts';
import { roundsOf } from '../../db/rounds.ts';
import type { Db } from '../../db/session.ts';

/** What happened to a consultation after its announcement, which stays as it was published. */
export interface Life {
  readonly extensions: readonly Extension[];
  /** When and why it was stopped; null for one that was not. */
  readonly stopped: { readonly at: Date; readonly reason: string } | null;
  /** All published rounds, in their order; empty where it is the only one. */
  readonly rounds: readonly RoundLink[];
}

/** One of several rounds. */
export interface RoundLink {
  readonly nr: number;
  readonly to: string;
  readonly current: boolean;
}

/** Reads what happened after the announcement. */
export async function lifeOf(
  db: Db,
  { id, number, withdrawnAt, withdrawnReason }: PublishedConsultation,
): Promise<Life> {
  const rounds = await roundsOf(db, id);
  return {
    extensions: await extensionsOf(db, id),
    stopped: withdrawnAt && { at: withdrawnAt, reason: withdrawnReason ?? '' },
    rounds:
      rounds.length < 2
        ? []
        : rounds.map((round) => ({
            nr: round.nr,
            to: `/consultations/${round.number}`,
            current: round.number === number,
          })),
  };
}
