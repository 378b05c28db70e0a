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
    const { body, rawPayload, headers } = await app.inject(next);
    const isPacked = String(headers['content-type']).includes('officedocument');
    read.set(next, JSON.stringify(headers) + (isPacked ? await unpacked(rawPayload) : body));
    waiting.push(
      ...linksIn(body, next),
      ...[headers.location ?? ''].flatMap((to) => inside(String(to), next)),
    );
  }
  return read;
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
