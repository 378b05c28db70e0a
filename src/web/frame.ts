import type { FastifyRequest } from 'fastify';
import type { Role } from '../domain/officer.ts';

/** What every page of one running portal shares. */
export interface Look {
  /** Changes with every change of a static file. */
  readonly assets: string;
  /** Said above every page of a portal for trying out; empty in real use. */
  readonly banner: string;
}

/** What the layout knows beside the page itself. */
export interface Frame extends Look {
  /** 长者模式. */
  readonly large: boolean;
  /** The same address in the other mode, for the switch link. */
  readonly switchHref: string;
  /** `public` or `desk`: which header and navigation. */
  readonly area: 'public' | 'desk';
  readonly officer: { readonly name: string; readonly agencyName: string; readonly role: Role } | null;
  /** Goes into every desk form as `_csrf`; empty on public pages. */
  readonly csrf: string;
}

const prefix = '/large';

/** Takes `/large` off an address; the page is then shown in large type, at an address of its own. */
export function withoutLarge(url: string): string {
  if (url === prefix) return '/';
  if (!url.startsWith(`${prefix}/`) && !url.startsWith(`${prefix}?`)) return url;
  const rest = url.slice(prefix.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** True when a request came in under `/large`. */
export function isLarge(request: FastifyRequest): boolean {
  return withoutLarge(request.originalUrl) !== request.originalUrl;
}

/** An internal address in the mode of the page that links to it. */
export function hrefIn(large: boolean, path: string): string {
  if (!large) return path;
  return path === '/' ? prefix : `${prefix}${path}`;
}

/** The frame of a request to the public side. */
export function publicFrame(request: FastifyRequest, { assets, banner }: Look): Frame {
  const large = isLarge(request);
  const switchHref = hrefIn(!large, withoutLarge(request.originalUrl));
  return { large, switchHref, area: 'public', officer: null, csrf: '', assets, banner };
}
