import { createHmac } from 'node:crypto';
import type { Role } from '../domain/officer.ts';
import { sampleOfficers } from './samples.ts';

/** A sample officer with the password shown at start. */
export interface SamplePassword {
  readonly login: string;
  readonly role: Role;
  readonly password: string;
}

/** The sample officers' passwords: made from the secret key, so that every start can show them again. */
export function samplePasswords(secretKey: string): SamplePassword[] {
  return sampleOfficers.map(({ login, role }) => {
    const password = createHmac('sha256', secretKey)
      .update(`sample officer ${login}`)
      .digest('hex')
      .slice(0, 12);
    return { login, role, password };
  });
}
