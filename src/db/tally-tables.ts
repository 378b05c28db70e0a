import type { Generated } from 'kysely';
import type { Channel } from '../domain/comment.ts';
import type { DispositionState } from '../domain/comment-filter.ts';
import type { Tally } from '../domain/tallies.ts';

/** The tables that keep counts of what was received, and by what words it is found. */
export interface TallyTables {
  tally_heads: {
    consultation_id: number;
    changes: Generated<number>;
    counted_to: Generated<number>;
    counted_comments: Generated<number>;
    submissions_to: Generated<number>;
    counted_submissions: Generated<number>;
    next_comment: Generated<number>;
    next_submission: Generated<number>;
    next_snapshot: Generated<string>;
  };
  tally_segments: {
    id: Generated<number>;
    consultation_id: number;
    clause_id: number;
    low: number;
    high: number;
    size: number;
    counted: boolean;
    standing: Generated<number>;
    grouped: Generated<number>;
    lone_ids: Generated<number[] | null>;
  };
  segment_tallies: KeptTally & { readonly segment_id: number };
  tally_sums: KeptTally & { readonly consultation_id: number };
  segment_alikes: AlikeTally & { readonly segment_id: number; readonly first_id: number };
  alike_sums: AlikeTally & {
    readonly consultation_id: number;
    readonly latest_member: number;
    readonly latest_disposition: number;
  };
  comments_with_numbers: { comment_id: number };
  letter_heads: {
    single: Generated<boolean>;
    counted_to: Generated<number>;
    next_letter: Generated<number>;
    next_snapshot: Generated<string>;
  };
  letter_tallies: LetterTally;
  letter_moves: LetterTally;
  comment_pairs: { comment_id: number; pairs: number[] };
  pair_heads: { consultation_id: number; pairs_to: Generated<number> };
}

interface KeptTally extends Tally {
  readonly disposition_mark: Generated<string>;
  readonly screening_mark: Generated<string>;
  readonly assignee_mark: Generated<string>;
}

interface LetterTally {
  readonly consultation_id: number;
  readonly segment: number;
  readonly letters: number;
  readonly sent: number;
  readonly failed: number;
}

interface AlikeTally {
  readonly group_id: number;
  readonly clause_id: number;
  readonly channel: Channel;
  readonly disposition: DispositionState;
  readonly reason_mark: string;
  readonly unprinted: boolean;
  readonly comments: number;
}
