import type { Generated } from 'kysely';

/** Tables of comments of the same or nearly the same words. */
export interface GroupTables {
  group_searches: {
    id: Generated<number>;
    consultation_id: number;
    officer_id: number | null;
    state: Generated<'waiting' | 'done' | 'failed'>;
    percent: Generated<number>;
    comments: Generated<number>;
    attempts: Generated<number>;
    leased_until: Date | null;
    created_at: Date;
    finished_at: Date | null;
    passed_over: Generated<number>;
  };
  compared_texts: { search_id: number; mark: string; from_text: number; leaders: number[] };
  comment_groups: {
    id: Generated<number>;
    consultation_id: number;
    number: number;
    label: string;
    members: Generated<number>;
    clause_ids: Generated<number[]>;
    officer_id: number;
    created_at: Date;
  };
  comment_group_members: {
    id: Generated<number>;
    comment_id: number;
    group_id: number | null;
    joined: boolean;
    officer_id: number;
    created_at: Date;
  };
  suggested_groups: {
    search_id: number;
    position: number;
    size: number;
    sample_id: number;
    clause_ids: number[];
    joins_id: number | null;
    decided_at: Date | null;
  };
  suggested_members: { search_id: number; position: number; comment_id: number };
}
