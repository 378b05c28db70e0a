import { openPdf } from '../../../src/intake/pdf-open.ts';
import { openZip } from '../../../src/intake/zip.ts';
import type { App } from '../../visitor.ts';
import { publicRows } from './public.ts';

const mostPages = 400;

/**
 * Everything that anybody can read from these addresses on, by address: each page, what it links to, and so on; never
 * the desk, nor the same pages in large type or another script.
 */
export async function readAll(app: App, starts: readonly string[]): Promise<Map<string, string>> {
  const read = new Map<string, string>();
  const waiting = [...starts];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (read.has(next)) continue;
    if (read.size >= mostPages) throw new Error('more pages than a test can read');
    const { body, rawPayload, headers, statusCode } = await app.inject(next);
    if (statusCode === 429) throw new Error(`${next} was not read: the limit of a sender is reached`);
    const words = wordsIn(String(headers['content-type']), rawPayload, body);
    read.set(next, JSON.stringify(headers) + (await words));
    waiting.push(
      ...linksIn(body, next),
      ...[headers.location ?? ''].flatMap((to) => inside(String(to), next)),
    );
  }
  return read;
}

async function wordsIn(type: string, bytes: Uint8Array, body: string): Promise<string> {
  if (type.includes('officedocument')) return unpacked(bytes);
  return type.includes('application/pdf') ? body + (await printed(bytes)) : body;
}

/** The text of a PDF, its pieces in the order in which they were set: a word that was broken is whole. */
async function printed(bytes: Uint8Array): Promise<string> {
  const pdf = await openPdf(bytes);
  if (typeof pdf === 'string') throw new Error(`a PDF of ours is ${pdf}`);
  const texts: string[] = [];
  for (let number = 1; number <= pdf.pages; number += 1) {
    const { pieces, askew } = await pdf.page(number);
    texts.push([...pieces, ...askew].map(({ text }) => text).join(''));
  }
  await pdf.close();
  return texts.join('');
}

/** Every part of a Word file or workbook. */
async function unpacked(bytes: Uint8Array): Promise<string> {
  const zip = await openZip(bytes);
  const pieces: Uint8Array[] = [];
  for (const name of zip.names) for await (const piece of zip.read(name)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function linksIn(html: string, page: string): string[] {
  const all = [...html.matchAll(/(?:href|src|action|content)="(\/?[^":]*)"/g)];
  return all.flatMap(([, to = '']) => inside(to.replaceAll('&amp;', '&'), page));
}

function inside(to: string, page: string): string[] {
  const { pathname, search, hostname } = new URL(to, `http://portal.invalid${page}`);
  return hostname === 'portal.invalid' && !/^\/(desk|static|large|hans|hant)\b/.test(pathname)
    ? [pathname + search]
    : [];
}

/** The public addresses that the table of routes has, with these parameters. */
export function publicAddresses(place: Readonly<Record<string, string>>): string[] {
  return Object.keys(publicRows)
    .filter((route) => route.startsWith('GET'))
    .map((route) => route.slice(4).replace(/:([a-z]+)/g, (_, name: string) => place[name] ?? '999999'));
}
