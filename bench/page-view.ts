import { writeFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { type Figure, ratiosOf } from './figures.ts';
import { startBare, startPortal } from './process.ts';
import type { Stage } from './stage.ts';
import { legSeconds, read } from './wrk.ts';

const rounds = 3;

/** Page views a second of the consultation, against a bare route that sends the same compressed bytes. */
export async function measurePageView(stage: Stage): Promise<Figure[]> {
  const portal = await startPortal(stage.settings);
  const url = `http://127.0.0.1:${portal.port}/consultations/${stage.consultationNumber}`;
  const { headers, body } = await fetchRaw(url);
  const file = path.join(stage.folder, 'page.gz');
  writeFileSync(file, body);
  const kept = Object.entries(headers).filter(
    ([name]) => !['connection', 'date', 'keep-alive'].includes(name),
  );
  const bare = await startBare('bare-page.ts', {
    BODY: file,
    HEADERS: JSON.stringify(Object.fromEntries(kept)),
  });
  const bareUrl = `http://127.0.0.1:${bare.port}/page`;

  const ours: number[] = [];
  const theirs: number[] = [];
  const took = { ours: 0, theirs: 0 };
  for (const address of [url, bareUrl]) await read(address);
  for (let round = 0; round < rounds; round++) {
    const before = { ours: portal.processorTime(), theirs: bare.processorTime() };
    ours.push(await read(url));
    theirs.push(await read(bareUrl));
    took.ours += portal.processorTime() - before.ours;
    took.theirs += bare.processorTime() - before.theirs;
  }
  const { now, highest } = portal.memory();
  await Promise.all([portal.stop(), bare.stop()]);
  const microseconds = (seconds: number, rates: readonly number[]) => {
    const pages = rates.reduce((sum, rate) => sum + rate * legSeconds, 0);
    return Math.round((seconds * 1e6) / pages);
  };
  return [
    {
      name: 'page view / bare route',
      ratios: ratiosOf(ours, theirs),
      wanted: 0.8,
      legs: { portal: ours, 'bare Fastify': theirs },
      unit: 'pages/s',
      note: [
        `${body.length} bytes gzip`,
        `Node ${microseconds(took.ours, ours)} of processor time a page, the bare route ${microseconds(took.theirs, theirs)} (µs)`,
        `memory after the load ${now} MB, highest ${highest} MB`,
      ].join('; '),
    },
  ];
}

function fetchRaw(url: string): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'accept-encoding': 'gzip' } }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ headers: response.headers, body: Buffer.concat(chunks) });
    });
    request.on('error', reject);
  });
}
