import { sql } from 'kysely';

/** True for a submission `s` of a consultation `c` that is dated at the closing or after it. */
export const isLate = sql<boolean>`s.dated_at >= c.closes_at`;
/** True for a submission `s` that is dated before the closing. */
export const inTime = sql<boolean>`s.dated_at < c.closes_at`;
