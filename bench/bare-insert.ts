import path from 'node:path';
import formbody from '@fastify/formbody';
import fastify from 'fastify';
import pg from 'pg';
import { startEngine } from '../src/db/embedded/engine.ts';

// What a submission is measured against: one INSERT of the same text through the same kind of pool, and a redirect.
const { PORT = '', DATA_DIR = '', DATABASE_URL } = process.env;
const pool = DATABASE_URL ? new pg.Pool({ connectionString: DATABASE_URL, max: 10 }) : await embeddedPool();
await pool.query(`create table if not exists bare_comments (
  id bigint generated always as identity primary key, text text not null, received_at timestamptz not null)`);

const app = fastify();
await app.register(formbody);
app.get('/ready', () => 'ready');
app.post<{ Body: { 'text-0': string } }>('/comments', async (request, reply) => {
  await pool.query('insert into bare_comments (text, received_at) values ($1, $2)', [
    request.body['text-0'],
    new Date(),
  ]);
  return reply.redirect('/receipts/bare', 303);
});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });

async function embeddedPool(): Promise<pg.Pool> {
  const engine = await startEngine(
    { directory: path.join(DATA_DIR, 'database'), kept: 'durably' },
    (error) => {
      throw error;
    },
  );
  const place = { host: 'embedded', user: 'postgres', database: 'postgres', password: '', ssl: false };
  return new pg.Pool({ ...place, max: 1, idleTimeoutMillis: 0, stream: engine.connect });
}
