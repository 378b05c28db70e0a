import type { FastifyInstance } from 'fastify';
import type { Role } from '../../../src/domain/officer.ts';
import { testPassword } from '../../support.ts';

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

/** Somebody who is not signed in. */
export function stranger(app: FastifyInstance): Person {
  const jar = new Map<string, string>();
  const request = async (method: string, url: string, typed = '') => {
    const answer = await app.inject({
      method: method as 'GET' | 'POST',
      url,
      cookies: Object.fromEntries(jar),
      ...(method === 'POST' && {
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        payload: typed,
      }),
    });
    for (const { name, value } of answer.cookies) jar.set(name, value);
    return { status: answer.statusCode, text: answer.body, to: String(answer.headers.location ?? '') };
  };
  const token = async () => {
    const { text, to } = await request('GET', '/desk/sign-in');
    const page = to ? (await request('GET', to)).text : text;
    return /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
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
export async function officerAt(app: FastifyInstance, login: string, role: Role): Promise<Person> {
  const person = stranger(app);
  const typed = new URLSearchParams({ login, password: testPassword }).toString();
  const { status } = await person.ask('POST', '/desk/sign-in', typed);
  if (status !== 303) throw new Error(`${login} could not sign in: ${status}`);
  return { ...person, login, role };
}
