import { readFileSync } from 'node:fs';
import fastify from 'fastify';

// What a page view is measured against: the same bytes and headers from a route that does nothing else.
const { PORT = '', BODY = '', HEADERS = '' } = process.env;
const body = readFileSync(BODY);
const headers = JSON.parse(HEADERS) as Record<string, string>;

const app = fastify();
app.get('/ready', () => 'ready');
app.get('/page', (_request, reply) => reply.headers(headers).send(body));
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
