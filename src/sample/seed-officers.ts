import { keepDepartment } from '../actions/keep-department.ts';
import { hashPassword } from '../actions/passwords.ts';
import { ensureAgency, insertOfficer } from '../db/officers.ts';
import { transaction } from '../db/session.ts';
import type { Deps } from '../deps.ts';
import type { Officer, Role } from '../domain/officer.ts';
import { samplePasswords } from './passwords.ts';
import type { SampleAgency, SampleAgencyKey } from './sample.ts';
import { sampleAgencies, sampleOfficers } from './samples.ts';

/** Who acts for an agency in the samples. */
export interface AgencyOfficers {
  readonly caseworker: Officer;
  readonly approver: Officer;
}

/** Adds the sample agencies with their officers. */
export async function seedOfficers(
  deps: Deps,
  now: Date,
): Promise<ReadonlyMap<SampleAgencyKey, AgencyOfficers>> {
  const seeded = new Map<SampleAgencyKey, AgencyOfficers>();
  for (const agency of sampleAgencies) {
    const officers = await seedAgency(deps, agency, now);
    await seedDepartments(deps, agency, officers, now);
    const find = (role: Role) => officers.find((each) => each.role === role) as Officer;
    seeded.set(agency.key, { caseworker: find('caseworker'), approver: find('approver') });
  }
  return seeded;
}

async function seedDepartments(
  { db }: Deps,
  { departments }: SampleAgency,
  officers: readonly Officer[],
  now: Date,
): Promise<void> {
  const officer = officers.find(({ role }) => role === 'administrator') as Officer;
  for (const name of departments) await keepDepartment(db, { officer, place: 'new', name }, now);
}

async function seedAgency(deps: Deps, agency: SampleAgency, now: Date): Promise<Officer[]> {
  const passwords = samplePasswords(deps.config.secretKey);
  const officers: Officer[] = [];
  for (const officer of sampleOfficers.filter((each) => each.agency === agency.key)) {
    const { password = '' } = passwords.find(({ login }) => login === officer.login) ?? {};
    const passwordHash = await hashPassword(password);
    await transaction(deps.db, async (trx) => {
      const agencyId = await ensureAgency(trx, agency, now);
      const email = `${officer.login}@example.cn`;
      const row = { ...officer, email, agencyId, passwordHash, isSample: true };
      const id = await insertOfficer(trx, row, now);
      officers.push({ id, agencyId, name: officer.name, role: officer.role });
    });
  }
  return officers;
}
