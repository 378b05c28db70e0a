import { sql } from 'kysely';

/** For the notice `n`: true unless it is a correction that was given up. */
export const isKept = sql<boolean>`not exists (select from abandoned_corrections a where a.notice_id = n.id)`;
