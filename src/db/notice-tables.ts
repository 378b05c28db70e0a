import type { Generated, JSONColumnType } from 'kysely';
import type { Outcome } from '../domain/disposition.ts';
import type { Notice } from '../domain/feedback-notice.ts';
import type { ChannelCounts } from '../domain/notice-row.ts';

/** The tables of feedback notices. */
export interface NoticeTables {
  feedback_notices: {
    id: Generated<number>;
    consultation_id: number;
    sequence: number;
    drawn_up_at: Date;
    correction: Generated<string>;
    begun_by: number | null;
    attempt: Generated<number>;
  };
  abandoned_corrections: {
    notice_id: number;
    officer_id: number;
    created_at: Date;
  };
  notice_wordings: {
    id: Generated<number>;
    consultation_id: number;
    part: string;
    standard: string;
    wording: string;
    officer_id: number;
    created_at: Date;
  };
  draft_droppings: {
    id: Generated<number>;
    consultation_id: number;
    reason: string;
    officer_id: number;
    created_at: Date;
  };
  notice_signings: {
    id: Generated<number>;
    notice_id: number;
    officer_id: number;
    verdict: 'signed' | 'returned';
    remark: string;
    content: JSONColumnType<Notice | null, string | null, string | null>;
    last_disposition: number;
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
    alike: Generated<number>;
    channels: JSONColumnType<ChannelCounts, string | undefined, string>;
  };
  notice_publications: { notice_id: number; signing_id: number; officer_id: number; published_at: Date };
}
