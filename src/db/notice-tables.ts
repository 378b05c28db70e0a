import type { Generated, JSONColumnType } from 'kysely';
import type { Outcome } from '../domain/disposition.ts';
import type { Notice } from '../domain/feedback-notice.ts';

/** The tables of feedback notices. */
export interface NoticeTables {
  feedback_notices: { id: Generated<number>; consultation_id: number; sequence: number; drawn_up_at: Date };
  notice_signings: {
    id: Generated<number>;
    notice_id: number;
    officer_id: number;
    verdict: 'signed' | 'returned';
    remark: string;
    content: JSONColumnType<Notice | null, string | null, string | null>;
    created_at: Date;
  };
  notice_rows: {
    signing_id: number;
    number: number;
    clause: string;
    text: string;
    commenter: string;
    outcome: Outcome | null;
    reason: string;
  };
  notice_publications: { notice_id: number; signing_id: number; officer_id: number; published_at: Date };
}
