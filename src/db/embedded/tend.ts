import type pg from 'pg';

/**
 * Does what PostgreSQL's autovacuum does, which the embedded database has not, and no more often than must be, since
 * everything else waits for it: counts a table anew when it changed by half, and clears out its dead rows when they
 * are half as many as those that live. Without it, statements planned while a table was small would read it whole for
 * ever.
 */
export async function tendTables(pool: pg.Pool): Promise<void> {
  await pool.query('select pg_stat_force_next_flush()');
  const { rows } = await pool.query<{ name: string; work: string }>(`
    select format('%I.%I', schemaname, relname) as name,
      case when n_dead_tup > 500 + 0.5 * n_live_tup then 'vacuum (analyze)' else 'analyze' end as work
    from pg_stat_user_tables
    where n_mod_since_analyze > 50 + 0.5 * n_live_tup or n_dead_tup > 500 + 0.5 * n_live_tup
    order by relname`);
  for (const { name, work } of rows) await pool.query(`${work} ${name}`);
}
