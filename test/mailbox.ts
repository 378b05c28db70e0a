import type { Mail } from '../src/mail/letters.ts';
import { letterSender } from '../src/mail/worker.ts';
import type { TestSite } from './support.ts';

/** Sends the letters that are due and gives them. */
export async function post({ db, deps, clock }: Pick<TestSite, 'db' | 'deps' | 'clock'>): Promise<Mail[]> {
  const sent: Mail[] = [];
  const transport = { send: async (mail: Mail) => void sent.push(mail), close: () => {} };
  await letterSender({ db, transport, compose: deps.composeLetter, clock })();
  return sent;
}

/** The link in a letter that proves a person, without the site's address. */
export function linkIn({ text }: Mail): string {
  return /\/proofs\/\S+/.exec(text)?.[0] ?? '';
}
