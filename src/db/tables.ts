import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type {
  Asked,
  Channel,
  ClauseFrom,
  CommenterKind,
  Consent,
  Quotation,
  Stance,
} from '../domain/comment.ts';
import type { Role } from '../domain/officer.ts';
import type { AccountTables } from './account-tables.ts';
import type { DispositionTables } from './disposition-tables.ts';
import type { DraftTables } from './draft-tables.ts';
import type { GroupTables } from './group-tables.ts';
import type { LinkPurpose } from './invitations.ts';
import type { LetterKind } from './letters.ts';
import type { LifecycleTables } from './lifecycle-tables.ts';
import type { MailTables } from './mail-tables.ts';
import type { NoticeTables } from './notice-tables.ts';
import type { ReminderTables } from './reminder-tables.ts';
import type { ScreeningTables } from './screening-tables.ts';
import type { SheetTables } from './sheet-tables.ts';
import type { TallyTables } from './tally-tables.ts';

type Id = Generated<number>;
type Json<T> = JSONColumnType<T & object, string, string>;
type DayString = ColumnType<string | null, string | null | undefined, string | null>;

/** One interface a table, more in the files beside that end in -tables.ts; `docs/glossary.md` says what each holds. Times are instants, `date`s are `YYYY-MM-DD`. */
export interface Tables
  extends AccountTables,
    DispositionTables,
    DraftTables,
    GroupTables,
    LifecycleTables,
    MailTables,
    NoticeTables,
    ReminderTables,
    ScreeningTables,
    SheetTables,
    TallyTables {
  agencies: {
    id: Id;
    name: string;
    short_name: string;
    site_name: Generated<string>;
    requires_approval: Generated<boolean>;
    needs_second_factor: Generated<boolean>;
    created_at: Date;
  };
  officers: {
    id: Id;
    agency_id: number;
    login: string;
    name: string;
    role: Role;
    password_hash: string | null;
    email: Generated<string>;
    disabled_at: Date | null;
    is_sample: Generated<boolean>;
    created_at: Date;
  };
  officer_invitations: {
    token_hash: Buffer;
    officer_id: number | null;
    created_at: Date;
    expires_at: Date;
    used_at: Date | null;
    purpose: Generated<LinkPurpose>;
  };
  rate_windows: { key: string; starts_at: Date; count: number };
  announcements: {
    consultation_id: number;
    title: Generated<string>;
    document_number: Generated<string>;
    addressee: Generated<string>;
    agency_name: Generated<string>;
    agency_short: Generated<string>;
    site_name: Generated<string>;
    purpose: Generated<string>;
    draft_name: Generated<string>;
    mailbox: Generated<string>;
    phone: Generated<string>;
    fax: Generated<string>;
    address: Generated<string>;
    postcode: Generated<string>;
    contact_person: Generated<string>;
    announced_on: DayString;
    text: Generated<string>;
    reason_for_shortening: Generated<string>;
    asks_name: Generated<Asked>;
    asks_phone: Generated<Asked>;
    asks_email: Generated<Asked>;
    shows_comments: Generated<boolean>;
  };
  captchas: {
    id: string;
    answer: string;
    created_at: Date;
    expires_at: Date;
    used_at: Date | null;
    bits: Generated<number>;
  };
  mailed_proofs: {
    captcha_id: string;
    token: string;
    code: string;
    email: string;
    created_at: Date;
    confirmed_at: Date | null;
  };
  submissions: {
    id: Id;
    consultation_id: number;
    form_token: string;
    receipt_number: string;
    receipt_token: string;
    channel: Channel;
    received_at: Date;
    commenter_kind: CommenterKind;
    name: string;
    phone: string;
    email: string;
    consent: Consent;
    withdrawn_at: Date | null;
    salt: Buffer | null;
    hash: Buffer | null;
    dated_at: Date;
    postmarked_on: DayString;
    entered_by: number | null;
    entered_at: Date | null;
  };
  comments: {
    id: Id;
    submission_id: number;
    consultation_id: number;
    draft_id: number;
    clause_id: number | null;
    position: number;
    stance: Stance;
    text: string;
    proposed_wording: string;
    quotation: JSONColumnType<Quotation | null, string | null, string | null>;
    clause_from: Generated<ClauseFrom>;
  };
  attachments: {
    id: Id;
    form_token: string | null;
    submission_id: number | null;
    name: string;
    media_type: string;
    size: number;
    sha256: Buffer;
    bytes: Buffer;
    created_at: Date;
  };
  channel_checks: {
    id: Id;
    consultation_id: number;
    channel: Channel;
    checked: boolean;
    found: number | null;
    officer_id: number;
    created_at: Date;
  };
  letters: {
    id: Id;
    kind: LetterKind;
    submission_id: number | null;
    captcha_id: string | null;
    officer_id: number | null;
    notice_id: number | null;
    detail: JSONColumnType<object | null, string | null, string | null>;
    created_at: Date;
    due_at: Date;
    attempts: Generated<number>;
    locked_until: Date | null;
    sent_at: Date | null;
    failed_at: Date | null;
    last_error: Generated<string>;
  };
  ledger_entries: {
    id: Id;
    consultation_id: number | null;
    officer_id: number | null;
    agency_id: number | null;
    what: string;
    /** From where: an address as src/web/origin.ts folds it; empty where it did not come over the web. */
    origin: Generated<string>;
    detail: Json<object>;
    created_at: Date;
  };
  public_version: { single: Generated<boolean>; version: number };
}
