import type { PostgresCursor, PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

/** What a database needs of a pool of connections; ended, it gives none any more. */
export interface Connections {
  connect(): Promise<pg.PoolClient>;
  end(): Promise<void>;
}

/**
 * The same pool, whose statements that begin with a comment (prepared: NAME) are parsed and planned once a connection
 * under that name. For the few that bursts wait for; a name belongs to one text.
 */
export function preparing(pool: Connections): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const made = known.get(client) ?? preparingClient(client);
      known.set(client, made);
      return made;
    },
  };
}

const marked = /^\/\* prepared: ([a-z ]+) \*\//;

function preparingClient(client: pg.PoolClient): PostgresPoolClient {
  function query(text: string | PostgresCursor<unknown>, values?: readonly unknown[]) {
    if (typeof text !== 'string') return client.query(text as never);
    const name = marked.exec(text)?.[1];
    return name
      ? client.query({ name, text, values: [...(values ?? [])] })
      : client.query(text, [...(values ?? [])]);
  }
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release() };
}
