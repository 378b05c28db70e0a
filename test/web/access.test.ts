import { sql } from 'kysely';
import t from 'tap';
import { roles } from '../../src/domain/officer.ts';
import { testSite } from '../support.ts';
import { deskRows } from './access/desk.ts';
import { type Answer, officerAt, type Person, stranger } from './access/people.ts';
import { publicRows } from './access/public.ts';
import { routes } from './access/routes.ts';
import { allows, isForEveryAgency, needsOfficer, type Row } from './access/rows.ts';
import { elsewhere, type Place, type World, world } from './access/world.ts';

const rows = Object.entries({ ...publicRows, ...deskRows });

/** Asks for what a row names, with the parameters of a place; what the place does not have is made up. */
function ask(
  person: Person,
  [route, { typed = '' }]: (typeof rows)[number],
  place: Place = {},
): Promise<Answer> {
  const [method = '', pattern = ''] = route.split(' ');
  return person.ask(method, filled(pattern, place), filled(typed, place));
}

function filled(text: string, place: Place): string {
  return text.replace(/:([a-z]+)/g, (_, name: string) => place[name] ?? '999999');
}

function placeOf({ places }: World, { at }: Row): Place | undefined {
  return at && places[at];
}

function wordsIn({ text, to }: Answer, words: readonly string[]): string[] {
  const whole = text + decodeURIComponent(to);
  return words.filter((word) => whole.includes(word));
}

const isGet = (route: string) => route.startsWith('GET');
const leadsToSignIn = ({ status, to }: Answer) => status === 303 && to.startsWith('/desk/sign-in');

t.test('every route has its row in the table of access, and every row its route', async (t) => {
  await (await testSite(t)).another();
  const table = new Map(rows);
  for (const route of routes) {
    if (route === 'GET /static/*') continue;
    const [, address = ''] = route.split(' ');
    const file = `test/web/access/${/^\/desk\b/.test(address) ? 'desk' : 'public'}.ts`;
    t.ok(
      table.has(route),
      `${file} says who may: '${route}': { who: …, at: … }, (the choices are in access/rows.ts)`,
    );
  }
  for (const [route] of rows) t.ok(routes.has(route), `there is a route ${route}; else take the row away`);
});

// Whoever has no right changes nothing, so that the next ones find all that the first did.
t.test('one world', async (t) => {
  const it = await world(t);

  await t.test('whoever is not signed in reads no word of the desk and does no deed there', async (t) => {
    const nobody = stranger(it.app);
    for (const [route, row] of rows.filter(([, row]) => needsOfficer(row))) {
      const answer = await ask(nobody, [route, row], placeOf(it, row));
      t.ok(isGet(route) ? leadsToSignIn(answer) : answer.status === 403, `${route} ${answer.status}`);
      t.same(wordsIn(answer, it.words), [], route);
    }
  });

  await t.test('every form of the desk is refused without its token, and keeps what was typed', async (t) => {
    const officer = await officerAt(it.app, 'administrator', 'administrator');
    for (const [route, row] of rows.filter(([route]) => route.startsWith('POST /desk'))) {
      const forged = { ...row, typed: `reason=${encodeURIComponent('手打的字')}` };
      const { status, text } = await ask(
        { ...officer, ask: officer.forge },
        [route, forged],
        placeOf(it, row),
      );
      t.equal(status, 403, route);
      if (!route.endsWith('/sign-in')) t.match(text, '手打的字', route);
    }
  });

  await t.test(
    'whoever has no secret finds nothing behind a secret address, and what is public is there',
    async (t) => {
      const nobody = stranger(it.app);
      for (const [route, row] of rows.filter(([, row]) => !needsOfficer(row))) {
        const place = placeOf(it, row);
        if (row.who === 'holders') {
          const unknown = await ask(nobody, [route, row], { ...place, token: 'a-secret-that-nobody-has' });
          t.ok(unknown.status >= 400 && unknown.status < 500, `${route} ${unknown.status}, unknown`);
          t.same(wordsIn(unknown, it.words), [], `${route} unknown`);
          if (!place) continue;
        }
        const { status } = await ask(nobody, [route, row], { ...place, id: place?.['attachment'] ?? '' });
        t.ok(isGet(route) ? status < 400 : status < 500 && status !== 404, `${route} ${status}`);
      }
    },
  );
});

t.test('another agency’s officers find nothing, whatever their role, and change nothing', async (t) => {
  const it = await world(t);
  const before = await everything(it);
  for (const role of roles) {
    const officer = await officerAt(it.app, elsewhere + role, role);
    for (const [route, row] of rows.filter(([, row]) => needsOfficer(row))) {
      const place = placeOf(it, row);
      const answer = await ask(officer, [route, row], place);
      t.same(wordsIn(answer, it.words), [], `${role} ${route}`);
      if (!isForEveryAgency(row))
        t.ok([403, 404, 409].includes(answer.status), `${role} ${route} ${answer.status}`);
      // In an address of their own, with the number of what is not theirs.
      const theirs = { ...place, ...(row.at === 'draft' ? it.theirs.draft : it.theirs.closed) };
      const asked = route + (row.typed ?? '');
      if (filled(asked, theirs) === filled(asked, place ?? {})) continue;
      const mixed = await ask(officer, [route, row], theirs);
      t.same(wordsIn(mixed, it.words), [], `${role} ${route} within their own`);
      t.ok(mixed.status < 500, `${role} ${route} within their own ${mixed.status}`);
    }
  }
  t.same(await everything(it), before, 'nothing of the first agency has changed');
});

t.test('each role of the agency gets what its row says, and nothing else', async (t) => {
  const it = await world(t);
  const officers = await Promise.all(roles.map((role) => officerAt(it.app, role, role)));
  const desk = rows.filter(([, row]) => needsOfficer(row));
  for (const [route, row] of desk.filter(([route]) => isGet(route)))
    for (const officer of officers) {
      const { status, to } = await ask(officer, [route, row], placeOf(it, row));
      const fits = allows(row, officer.role ?? 'approver') ? status < 400 : status === 403;
      t.ok(fits, `${officer.login} ${route} ${status} ${to}`);
    }
  const deeds = desk.filter(([route]) => !isGet(route));
  const { rows: before } = await sql<{ id: number }>`select max(id) as id from ledger_entries`.execute(it.db);
  for (const isAllowed of [false, true])
    for (const [route, row] of deeds)
      for (const officer of officers) {
        if (allows(row, officer.role ?? 'approver') !== isAllowed) continue;
        const { status } = await ask(officer, [route, row], placeOf(it, row));
        const fits = isAllowed ? status !== 403 && status < 500 : status === 403;
        t.ok(fits, `${officer.login} ${route} ${status}`);
      }
  const { rows: unplaced } = await sql<{ what: string }>`select distinct what from ledger_entries
    where id > ${before[0]?.id ?? 0} and officer_id is not null and origin = ''`.execute(it.db);
  t.same(unplaced, [], 'every deed says from where: writeLedger gets the officer of the visit');
});

/** What the first agency has: how much of everything, and what was written down. */
async function everything({ db, officers }: World) {
  const agency = officers['administrator']?.agencyId ?? 0;
  const { rows } = await sql<object>`
    select (select count(*) from ledger_entries where agency_id = ${agency}) as deeds,
      (select count(*) from comments) as comments, (select count(*) from screenings) as screenings,
      (select count(*) from dispositions) as dispositions, (select count(*) from letters) as letters,
      (select count(*) from mail_messages where state = 'setAside') as messages,
      (select sum(revision) from consultations where agency_id = ${agency}) as revisions`.execute(db);
  return rows;
}
