import type { FastifyRequest } from 'fastify';
import type { Role } from '../domain/officer.ts';
import type { Script } from '../script.ts';

/** What every page of one running portal shares. */
export interface Look {
  /** Changes with every change of a static file. */
  readonly assets: string;
  /** Said above every page of a portal for trying out; empty in real use. */
  readonly banner: string;
}

/** The same page in each script and as it was written. */
export interface ScriptLinks {
  readonly hans: string;
  readonly hant: string;
  readonly written: string;
}

/** What the layout knows beside the page itself. */
export interface Frame extends Look {
  /** 长者模式. */
  readonly large: boolean;
  /** The script asked for by the address; null: as it was written. */
  readonly script: Script | null;
  /** What the page is in. */
  readonly lang: 'zh-Hans' | 'zh-Hant';
  /** On pages for reading alone, which are converted; null on all others. */
  readonly scripts: ScriptLinks | null;
  /** The same address in the other mode, for the switch link; empty where a page switches by itself. */
  readonly switchHref: string;
  /** `public` or `desk`: which header and navigation. */
  readonly area: 'public' | 'desk';
  readonly officer: { readonly name: string; readonly agencyName: string; readonly role: Role } | null;
  /** Goes into every desk form as `_csrf`; empty on public pages. */
  readonly csrf: string;
}

/** The part of a frame for pages that are shown as they were written. */
export const asWritten = { script: null, lang: 'zh-Hans', scripts: null } as const;

const large = '/large';
const scripts: readonly Script[] = ['hans', 'hant'];
const prefixOf = { hans: '/hans', hant: '/hant' } as const;

/** Takes `/large` off an address; the page is then shown in large type, at an address of its own. */
export function withoutLarge(url: string): string {
  return without(large, url);
}

/** An address without what says how it is shown: `/large`, then `/hans` or `/hant`. */
export function bareAddress(url: string): string {
  return addressed(url).bare;
}

/** True when a request came in under `/large`. */
export function isLarge(request: FastifyRequest): boolean {
  return addressed(request.originalUrl).large;
}

/** The script a request came in under, or null. */
export function scriptOf(request: FastifyRequest): Script | null {
  return addressed(request.originalUrl).script;
}

/** An internal address in the mode and the script of the page that links to it. */
export function hrefIn(isLarge: boolean, path: string, script: Script | null = null): string {
  const prefix = (isLarge ? large : '') + (script ? `/${script}` : '');
  return path === '/' && prefix ? prefix : prefix + path;
}

/** The key of a page in the cache: one for each mode and script. */
export function keyIn({ large, script }: Frame, path: string): string {
  return hrefIn(large, path, script);
}

/** The frame of a request to the public side. */
export function publicFrame(request: FastifyRequest, look: Look): Frame {
  return frameOf(addressed(request.originalUrl), look, 'zh-Hans', null);
}

/** The frame of a page for reading, which is shown in the script that the address asks for. */
export function readingFrame(request: FastifyRequest, look: Look): Frame {
  const address = addressed(request.originalUrl);
  const { large, script, bare } = address;
  const to = (script: Script | null) => hrefIn(large, bare, script);
  const links = { hans: to('hans'), hant: to('hant'), written: to(null) };
  return frameOf(address, look, script === 'hant' ? 'zh-Hant' : 'zh-Hans', links);
}

// Made for every page view, also of a page that is kept: written out, which costs a fraction of gathering it from parts.
function frameOf(
  { large, script, bare }: Addressed,
  { assets, banner }: Look,
  lang: Frame['lang'],
  scripts: ScriptLinks | null,
): Frame {
  return {
    assets,
    banner,
    large,
    script,
    lang,
    scripts,
    switchHref: hrefIn(!large, bare, script),
    area: 'public',
    officer: null,
    csrf: '',
  };
}

/** What an address says of how its page is shown, and the address without it. */
interface Addressed {
  readonly large: boolean;
  readonly script: Script | null;
  readonly bare: string;
}

function addressed(url: string): Addressed {
  const path = withoutLarge(url);
  const large = path !== url;
  for (const script of scripts) {
    const bare = without(prefixOf[script], path);
    if (bare !== path) return { large, script, bare };
  }
  return { large, script: null, bare: path };
}

function without(prefix: string, url: string): string {
  if (!url.startsWith(prefix)) return url;
  if (url.length === prefix.length) return '/';
  const rest = url.slice(prefix.length);
  if (rest.startsWith('/')) return rest;
  return rest.startsWith('?') ? `/${rest}` : url;
}
