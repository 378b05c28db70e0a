import type pg from 'pg';

/**
 * Does what PostgreSQL's autovacuum does, which the embedded database has not: clears out dead rows of the tables that
 * changed much and counts them anew, by its usual thresholds. Without it, statements planned while a table was small
 * would read it whole for ever.
 */
export async function tendTables(pool: pg.Pool): Promise<void> {
  await pool.query('select pg_stat_force_next_flush()');
  const { rows } = await pool.query<{ name: string }>(`
    select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
    where n_mod_since_analyze > 50 + 0.1 * n_live_tup or n_dead_tup > 50 + 0.2 * n_live_tup
    order by relname`);
  for (const { name } of rows) await pool.query(`vacuum (analyze) ${name}`);
}
