import { parse } from 'node-html-parser';
import pg from 'pg';
import { signIn } from './desk.ts';
import { afterClosing, fillDesk } from './desk-stored.ts';
import type { Figure } from './figures.ts';
import { type Running, startPortal } from './process.ts';
import type { Stage } from './stage.ts';

const stored = { embedded: 20_000, postgresql: 100_000 } as const;

const deeds = {
  'screened as hidden': ['screen-together', { verdict: 'hidden', screeningReason: '含有广告' }],
  'screened as shown': ['screen-together', { verdict: 'shown' }],
  'disposed of': ['together', { existing: 'replace', outcome: 'notAdopted', reason: '{条款}的期限已经写明' }],
  assigned: ['assignment', { assignmentRemark: '请于周五前办理' }],
} as const;

/**
 * Work on everything that a list holds (embedded: 20,000 comments): how long its page takes, a form that is refused,
 * one that is taken, the list's page right after it and until all is counted again; and how long others wait while it is
 * taken.
 */
export async function measureTogether(stage: Stage): Promise<Figure[]> {
  const count = stored[stage.kind];
  const { consultationId } = await stage.withDb((db) => fillDesk(db, count));
  const portal = await startPortal({ ...stage.settings, CLOCK: afterClosing().toISOString() });
  const probe = await openProbe(stage.settings['DATABASE_URL'], consultationId);
  const desk = await openDesk(portal, consultationId);
  const figures: Figure[] = [];
  try {
    for (const [name, deed] of Object.entries(deeds)) {
      const { legs, note } = await measureDeed(desk, deed, { ...desk.others, ...probe.others });
      const memory = `memory of the portal at its highest ${portal.memory().highest} MB`;
      const named = `together: ${count.toLocaleString('en')} ${name}`;
      figures.push({ name: named, legs, unit: 'ms', note: `${note}; ${memory}` });
    }
  } finally {
    await Promise.all([portal.stop(), probe.close()]);
  }
  return figures;
}

type Desk = Awaited<ReturnType<typeof openDesk>>;
type Others = Readonly<Record<string, () => Promise<unknown>>>;

async function measureDeed(
  { open, send }: Desk,
  [page, chosen]: (typeof deeds)[keyof typeof deeds],
  others: Others,
) {
  const form = await open(`/${page}`);
  const sent = { ...fieldsOf(form.html, page), ...chosen };
  const refused = await send(`/${page}`, { ...sent, mark: '' }, 409);
  const { result: taken, slowest } = await beside(others, () => send(`/${page}`, sent, 303));
  const after = await open('');
  const began = performance.now();
  while ((await open('')).html.includes('<progress') && performance.now() < began + 120_000);
  const counted = performance.now() - began;
  return {
    legs: {
      page: [form.ms],
      refused: [refused],
      taken: [taken],
      'list after': [after.ms],
      counted: [counted],
    },
    note: `slowest meanwhile: ${slowest}`,
  };
}

async function openDesk(portal: Running, consultationId: number) {
  const base = `http://127.0.0.1:${portal.port}`;
  const list = `${base}/desk/consultations/${consultationId}/comments`;
  const headers = { cookie: await signIn(base), 'sec-fetch-site': 'same-origin' };
  const read = async (address: string, init: RequestInit, status: number) => {
    const began = performance.now();
    const response = await fetch(address, { headers, redirect: 'manual', ...init });
    const html = await response.text();
    if (response.status !== status) throw new Error(`${address}: ${response.status} ${mainOf(html)}`);
    return { ms: performance.now() - began, html };
  };
  return {
    open: (page: string) => read(list + page, {}, 200),
    send: async (page: string, fields: Readonly<Record<string, string>>, status: number) =>
      (await read(list + page, { method: 'POST', body: new URLSearchParams(fields) }, status)).ms,
    others: {
      'a file': () => read(`${base}/static/style.css`, {}, 200),
      'a page': () => read(`${base}/desk/mail`, {}, 200),
    },
  };
}

// What an answer says that was not expected.
function mainOf(html: string): string {
  return parse(html).querySelector('main')?.structuredText.slice(0, 500) ?? '';
}

/** What the form of a page sends as it stands; of a choice the first that says anything. */
function fieldsOf(html: string, page: string): Record<string, string> {
  const forms = parse(html).querySelectorAll('main form');
  const form = forms.find((each) => each.getAttribute('action')?.endsWith(`/${page}`));
  const textOf = (element: { getAttribute(name: string): string | undefined }) =>
    element.getAttribute('value') ?? '';
  const fields = form?.querySelectorAll('input[type=hidden], select') ?? [];
  return Object.fromEntries(
    fields.map((field) => [
      field.getAttribute('name') ?? '',
      textOf(field) || (field.querySelectorAll('option').map(textOf).find(Boolean) ?? ''),
    ]),
  );
}

// What a form of a citizen waits for in the database: that nobody has the consultation in hand.
async function openProbe(url: string | undefined, consultationId: number) {
  if (!url) return { others: {}, close: async () => {} };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const share = `select from consultations where id = ${consultationId} for key share`;
  return { others: { 'the consultation': () => client.query(share) }, close: () => client.end() };
}

// Does each of the others again and again while the work goes on, whatever becomes of it; says how long the slowest took.
async function beside<T>(others: Others, work: () => Promise<T>) {
  let isOver = false;
  const asking = Object.entries(others).map(async ([name, ask]) => {
    let slowest = 0;
    while (!isOver) {
      const began = performance.now();
      await ask();
      slowest = Math.max(slowest, performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return `${name} ${Math.round(slowest)} ms`;
  });
  try {
    const result = await work();
    isOver = true;
    return { result, slowest: (await Promise.all(asking)).join(', ') };
  } finally {
    isOver = true;
    await Promise.allSettled(asking);
  }
}
