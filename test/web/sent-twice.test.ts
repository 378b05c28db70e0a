import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import t from 'tap';
import type { OfficerAccount } from '../../src/db/officers.ts';
import { close, form, publish, submit } from '../consultation.ts';
import { testSite } from '../support.ts';

const csrf = (html: string) => /name="_csrf" value="([^"]*)"/.exec(html)?.[1] ?? '';

/** Three received comments, an officer signed in, and each deed on all of them as its form sends it. */
async function open(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const officer = site.officers['caseworker'] as OfficerAccount;
  const consultation = await publish(site.db, officer, site.clock());
  for (let sent = 0; sent < 3; sent += 1)
    await submit(site.db, await form(site.db, consultation.number, site.clock()), site.clock());
  await close(site.db, consultation);
  site.clock.set('2026-04-12T10:00:00+08:00');
  const list = `/desk/consultations/${consultation.id}/comments`;
  const desk = await site.signIn('caseworker');
  const typed = {
    'screen-together': { verdict: 'shown', screeningReason: '' },
    together: { outcome: 'notAdopted', reason: '已有安排。' },
    assignment: { assignee: `o${officer.id}`, assignmentRemark: '' },
  };
  /** The body of a form as the browser holds it. */
  const formOf = async (page: keyof typeof typed, search = '') => {
    const shown = await desk.get(`${list}/${page}${search}`);
    const hidden = ['choosing', 'list', 'mark', 'upTo'].map((name) => [name, shown.field(name) ?? '']);
    const fields = { ...Object.fromEntries(hidden), ...typed[page], _csrf: csrf(shown.html) };
    return new URLSearchParams(fields).toString();
  };
  const press = (page: string, body: string, app = site.app) =>
    app.inject({
      method: 'POST',
      url: `${list}/${page}`,
      headers: {
        cookie: desk.cookie(),
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      payload: body,
    });
  const rowsOf = async (page: keyof typeof typed) => {
    const table = {
      'screen-together': 'screenings',
      together: 'dispositions',
      assignment: 'comment_assignments',
    };
    const { rows } = await sql`select from ${sql.table(table[page])}`.execute(site.db);
    return rows.length;
  };
  return { ...site, officer, consultation, list, desk, formOf, press, rowsOf };
}

const pages = ['screen-together', 'together', 'assignment'] as const;

t.test('a form for all of a list that is pressed twice does its deed once and answers both', async (t) => {
  for (const page of pages)
    for (const search of ['', page === 'together' ? '?disposition=undisposed' : '?stance=amend']) {
      const { another, app, formOf, press, rowsOf } = await open(t);
      const body = await formOf(page, search);
      const [one, other] = await Promise.all([press(page, body), press(page, body, await another())]);
      const third = await press(page, body, app);
      t.same([one.statusCode, other.statusCode, third.statusCode], [303, 303, 303], page);
      t.equal(one.headers.location, other.headers.location);
      t.equal(third.headers.location, one.headers.location);
      t.match(one.headers.location, /=3/);
      t.equal(await rowsOf(page), 3, 'once each');
    }
});

t.test('what was done otherwise since is not taken for the same deed', async (t) => {
  const { desk, list, formOf, press, rowsOf, signIn } = await open(t);
  const body = await formOf('together');
  await press('together', body);
  const changed = body.replace('notAdopted', 'outOfScope');
  t.equal((await press('together', changed)).statusCode, 409, 'another outcome with the same page');
  const second = await signIn('second');
  await second.get(`${list}/together`);
  t.equal((await second.send('/comments/together', { existing: 'replace', outcome: 'adopted' })).status, 200);
  t.equal(
    (await press('together', body)).statusCode,
    303,
    'what a colleague did later does not undo that it was done',
  );
  await desk.get(`${list}/together`);
  await desk.send('/comments/together', { existing: 'replace', outcome: 'outOfScope', reason: '另案处理。' });
  t.equal((await press('together', body)).statusCode, 409, 'the officer has done something else since');
  t.equal(await rowsOf('together'), 9);
});

t.test('a connection that breaks off takes nothing back: the same form sent again is answered', async (t) => {
  for (const page of pages) {
    const { another, desk, list, formOf, press, rowsOf } = await open(t);
    const body = await formOf(page);
    const app = await another();
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const begun = new Promise((resolve) => app.server.once('request', resolve));
    const gone = request({
      ...{ port, host: '127.0.0.1', method: 'POST', path: `${list}/${page}` },
      headers: {
        cookie: desk.cookie(),
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
    });
    gone.on('error', () => {});
    gone.end(body);
    await begun;
    gone.destroy();
    const again = await press(page, body);
    t.equal(again.statusCode, 303, page);
    t.match(again.headers.location, /=3/);
    await app.close();
    t.equal(await rowsOf(page), 3, 'once each');
  }
});

t.test(
  'a deed that fails at its last comment leaves nothing, and is done when it is sent again',
  async (t) => {
    const tables = {
      'screen-together': 'screenings',
      together: 'dispositions',
      assignment: 'comment_assignments',
    };
    for (const page of pages) {
      const { db, consultation, formOf, press, rowsOf } = await open(t);
      const ledger = async () =>
        (await sql`select from ledger_entries where consultation_id = ${consultation.id}`.execute(db)).rows
          .length;
      const body = await formOf(page);
      const before = await ledger();
      await sql`create function fail() returns trigger language plpgsql as $$ begin
      if new.comment_id = (select max(id) from comments) then raise exception 'the disk is full'; end if;
      return new; end $$`.execute(db);
      await sql`create trigger fails before insert on ${sql.table(tables[page])}
      for each row execute function fail()`.execute(db);
      t.equal((await press(page, body)).statusCode, 500, page);
      t.same([await rowsOf(page), await ledger()], [0, before], 'nothing, not even in the ledger');
      t.same((await sql`select from disposition_batches`.execute(db)).rows, []);
      await sql`drop trigger fails on ${sql.table(tables[page])}`.execute(db);
      t.equal((await press(page, body)).statusCode, 303);
      t.equal(await rowsOf(page), 3);
    }
  },
);
