import {
  CompiledQuery,
  type PostgresCursor,
  type PostgresPool,
  type PostgresPoolClient,
  type RawBuilder,
  sql,
} from 'kysely';
import type pg from 'pg';

/** What a database needs of a pool of connections; ended, it gives none any more. */
export interface Connections {
  connect(): Promise<pg.PoolClient>;
  end(): Promise<void>;
}

/**
 * Goes at the end of a statement that is asked again and again: it is parsed and planned once a connection under this
 * name. A name belongs to one text, which names its columns (a `*` fails once a migration adds one) and is best answered
 * in the same way whatever its values are.
 */
export function prepared(name: string): RawBuilder<unknown> {
  return sql.raw(markOf(name));
}

/** A statement without values that is prepared under `name`, and built once for all times that it is asked. */
export function preparedStatement<R>(name: string, text: string): CompiledQuery<R> {
  return CompiledQuery.raw(`${text} ${markOf(name)}`) as CompiledQuery<R>;
}

/** The same pool, where statements that `prepared` marks are prepared. */
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

const markOf = (name: string) => `/* prepared: ${name} */`;
const marked = /\/\* prepared: ([a-z ]+) \*\/$/;

function preparingClient(client: pg.PoolClient): PostgresPoolClient {
  function query(text: string | PostgresCursor<unknown>, values?: readonly unknown[]) {
    if (typeof text !== 'string') return client.query(text as never);
    const name = text.endsWith('*/') ? marked.exec(text)?.[1] : undefined;
    return name
      ? client.query({ name, text, values: [...(values ?? [])] })
      : client.query(text, [...(values ?? [])]);
  }
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release() };
}
