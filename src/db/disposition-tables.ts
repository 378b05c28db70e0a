import type { Generated, GeneratedAlways } from 'kysely';
import type { Assignee } from '../domain/assignment.ts';
import type { Outcome } from '../domain/disposition.ts';

/** The tables of the work on comments; `docs/glossary.md` says what each holds. */
export interface DispositionTables {
  dispositions: {
    id: Generated<number>;
    comment_id: number;
    outcome: Outcome | null;
    reason: string;
    batch_id: number | null;
    takes_back: number | null;
    officer_id: number;
    created_at: Date;
  };
  disposition_batches: {
    id: Generated<number>;
    consultation_id: number;
    outcome: Outcome | null;
    reason: string;
    size: number;
    takes_back: number | null;
    officer_id: number;
    created_at: Date;
  };
  departments: {
    id: Generated<number>;
    agency_id: number;
    name: string;
    created_at: Date;
    removed_at: Date | null;
  };
  comment_assignments: {
    id: Generated<number>;
    comment_id: number;
    to_officer_id: number | null;
    department_id: number | null;
    remark: Generated<string>;
    /** Whose it is as one key (src/domain/assignment.ts). */
    assignee: GeneratedAlways<Assignee>;
    officer_id: number;
    created_at: Date;
  };
  comment_notes: {
    id: Generated<number>;
    comment_id: number;
    text: string;
    officer_id: number;
    created_at: Date;
  };
  reply_templates: {
    id: Generated<number>;
    agency_id: number;
    name: string;
    outcome: Outcome | null;
    text: string;
    revision: Generated<number>;
    officer_id: number;
    updated_at: Date;
  };
}
