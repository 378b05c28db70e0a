import type { Generated } from 'kysely';
import type { MailboxFailure, SetAside } from '../domain/mail.ts';

/** The tables of mailboxes that are read; as in tables.ts. */
export interface MailTables {
  mailboxes: {
    mailbox: string;
    uid_validity: Generated<number>;
    last_uid: Generated<number>;
    due_at: Date;
    read_at: Date | null;
    failures: Generated<number>;
    not_given_out: Generated<number>;
    failed_since: Date | null;
    failure: MailboxFailure | null;
  };
  mail_messages: {
    id: Generated<number>;
    mailbox: string;
    message_id: string;
    digest: Buffer;
    received_at: Date;
    stored_at: Date;
    state: 'taken' | 'setAside';
    reason: SetAside | null;
    consultation_id: number | null;
    submission_id: number | null;
    sender: Generated<string>;
    subject: Generated<string>;
    excerpt: Generated<string>;
    size: number;
    raw: Buffer | null;
    unkept_files: Generated<number>;
    decided_by: number | null;
    decided_at: Date | null;
  };
}
