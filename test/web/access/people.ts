import type { Role } from '../../../src/domain/officer.ts';
import { testPassword } from '../../support.ts';
import type { App } from '../../visitor.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Where it leads, empty when nowhere. */
  readonly to: string;
}

/** Somebody at a browser that follows nothing by itself. */
export interface Person {
  readonly login: string;
  readonly role: Role | null;
  /** Asks for a page, or sends a form of the desk with the right token: what refuses it is who sends it. */
  ask(method: string, address: string, typed?: string): Promise<Answer>;
  /** The same, without the token. */
  forge(method: string, address: string, typed?: string): Promise<Answer>;
}

/** Somebody who is not signed in, at this address. */
export function stranger(app: App, remoteAddress = '127.0.0.1'): Person {
  const jar = new Map<string, string>();
  const request = async (method: string, url: string, typed = '') => {
    const answer = await app.inject({
      method: method as 'GET' | 'POST',
      url,
      remoteAddress,
      cookies: Object.fromEntries(jar),
      ...(method === 'POST' && {
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        payload: typed,
      }),
    });
    for (const { name, value } of answer.cookies) jar.set(name, value);
    return { status: answer.statusCode, text: answer.body, to: String(answer.headers.location ?? '') };
  };
  const tokens = new Map<string, string>();
  const token = async () => {
    const session = JSON.stringify([...jar]);
    const known = tokens.get(session);
    if (known) return known;
    const { text, to } = await request('GET', '/desk/sign-in');
    const page = to ? (await request('GET', to)).text : text;
    const found = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    tokens.set(JSON.stringify([...jar]), found);
    return found;
  };
  return {
    login: 'signed out',
    role: null,
    forge: request,
    ask: async (method, address, typed = '') =>
      request(
        method,
        address,
        method === 'POST' ? `_csrf=${encodeURIComponent(await token())}&${typed}` : '',
      ),
  };
}

/** An officer, signed in. */
export async function officerAt(
  app: App,
  login: string,
  role: Role,
  remoteAddress?: string,
): Promise<Person> {
  const person = stranger(app, remoteAddress);
  const typed = new URLSearchParams({ login, password: testPassword }).toString();
  const { status } = await person.ask('POST', '/desk/sign-in', typed);
  if (status !== 303) throw new Error(`${login} could not sign in: ${status}`);
  return { ...person, login, role };
}
