import { mailboxStates } from '../../../db/mailboxes.ts';
import type { Visit } from '../visit.ts';

/** How it stands with reading a mailbox, as the partial `mailbox-state` shows it. */
export interface ShownMailbox {
  readonly mailbox: string;
  /** False where this portal was never told to read it. */
  readonly isRead: boolean;
  readonly readAt: Date | null;
  readonly failedSince: Date | null;
  /** Why it cannot be read, in plain words; empty while it can. */
  readonly failure: string;
}

/** How it stands with these mailboxes, in their order. */
export async function shownMailboxes({ site }: Visit, mailboxes: readonly string[]): Promise<ShownMailbox[]> {
  const states = new Map((await mailboxStates(site.db, mailboxes)).map((state) => [state.mailbox, state]));
  return mailboxes.map((mailbox) => {
    const state = states.get(mailbox);
    return {
      mailbox,
      isRead: state !== undefined || site.config.mailboxes.some(({ address }) => address === mailbox),
      readAt: state?.readAt ?? null,
      failedSince: state?.failedSince ?? null,
      failure: state?.failure ? site.sentences.desk.mailboxFailures[state.failure] : '',
    };
  });
}
