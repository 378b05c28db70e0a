import type { Generated } from 'kysely';
import type { ApprovalStep } from '../domain/approval.ts';
import type { ConsultationKind } from '../domain/consultation.ts';

type Id = Generated<number>;

/** Consultations, and the tables about their life. */
export interface LifecycleTables {
  consultations: {
    id: Id;
    number: string;
    agency_id: number;
    kind: ConsultationKind;
    revision: Generated<number>;
    opens_at: Date | null;
    closes_at: Date | null;
    created_by: number;
    created_at: Date;
    published_by: number | null;
    published_at: Date | null;
    withdrawn_at: Date | null;
    withdrawn_reason: string | null;
    closed_at: Date | null;
    publish_at: Date | null;
    scheduled_by: number | null;
    publish_failed_at: Date | null;
    follows_id: number | null;
  };
  extensions: {
    id: Id;
    consultation_id: number;
    old_closes_at: Date;
    new_closes_at: Date;
    reason: string;
    officer_id: number;
    created_at: Date;
  };
  approvals: {
    id: Id;
    consultation_id: number;
    step: ApprovalStep;
    fingerprint: string;
    remark: string;
    officer_id: number;
    created_at: Date;
  };
  preview_links: {
    id: Id;
    token_hash: Buffer;
    consultation_id: number;
    created_by: number;
    created_at: Date;
    expires_at: Date;
    revoked_at: Date | null;
  };
}
