import type { Generated } from 'kysely';
import type { Verdict } from '../domain/screening.ts';

/** The tables of screening and redaction; `docs/glossary.md` says what each holds. */
export interface ScreeningTables {
  screenings: {
    id: Generated<number>;
    comment_id: number;
    verdict: Verdict;
    reason: string;
    officer_id: number;
    created_at: Date;
  };
  redactions: {
    id: Generated<number>;
    comment_id: number;
    text: string;
    proposed_wording: string;
    quotation: string;
    reason: string;
    officer_id: number;
    created_at: Date;
  };
}
