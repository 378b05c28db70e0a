import type { AuditFilter } from '../../../db/audit.ts';
import type { Deed } from '../../../db/ledger.ts';
import { officersOf } from '../../../db/officers.ts';
import { readDay } from '../../../domain/days.ts';
import type { Issue } from '../../../domain/issue.ts';
import { addDays, startOf } from '../../../domain/shanghai.ts';
import { cleanLine } from '../../../domain/text.ts';
import type { Sentences } from '../../../sentences.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Visit } from '../visit.ts';

/** What is asked for, as it was typed. */
export type AuditTyped = Readonly<Record<(typeof names)[number], string>>;

const names = ['officer', 'what', 'number', 'from', 'until'] as const;

/** What an address or a form asks for. */
export function typedFilter(values: Readonly<Record<string, unknown>>): AuditTyped {
  const typed = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? cleanLine(value) : '';
  };
  return Object.fromEntries(names.map((name) => [name, typed(name)])) as AuditTyped;
}

/** The typed filter as an address carries it. */
export function filterQuery(typed: AuditTyped): URLSearchParams {
  return new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''));
}

/** The filter, with what is wrong with it; days that cannot be read ask for nothing. */
export function readFilter(
  typed: AuditTyped,
  agencyId: number,
  sentences: Sentences,
): { readonly filter: AuditFilter; readonly issues: readonly Issue[] } {
  const [from, until] = [readDay(typed.from), readDay(typed.until)];
  const issues = [
    ...(from === undefined ? [{ field: 'from', key: 'notADay' }] : []),
    ...(until === undefined ? [{ field: 'until', key: 'notADay' }] : []),
  ];
  const filter = {
    agencyId,
    officerId: /^[1-9]\d{0,14}$/.test(typed.officer) ? Number(typed.officer) : null,
    what: Object.hasOwn(sentences.ledger, typed.what) ? (typed.what as Deed) : null,
    consultation: typed.number ? { number: typed.number } : null,
    from: from ? startOf(from) : null,
    until: until ? startOf(addDays(until, 1)) : null,
  };
  return { filter, issues };
}

/** Whom and which deeds can be asked for. */
export async function filterChoices({ site, officer }: Visit): Promise<{
  readonly officers: readonly Choice[];
  readonly deeds: readonly Choice[];
}> {
  const all = { value: '', label: site.sentences.desk.anything };
  const officers = await officersOf(site.db, officer.agencyId);
  return {
    officers: [
      all,
      ...officers.map(({ id, name, login }) => ({ value: String(id), label: `${name}（${login}）` })),
    ],
    deeds: [all, ...Object.entries(site.sentences.ledger).map(([value, label]) => ({ value, label }))],
  };
}
