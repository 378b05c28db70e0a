import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { chooseReminders } from '../../src/actions/choose-reminders.ts';
import { handOver } from '../../src/actions/hand-over.ts';
import { publishNotice } from '../../src/actions/publish-notice.ts';
import { remindOfficers } from '../../src/actions/remind-officers.ts';
import { withdrawConsultation } from '../../src/actions/withdraw-consultation.ts';
import { agencyConsultation, type PublishedConsultation } from '../../src/db/consultations.ts';
import { claimLetter } from '../../src/db/letters.ts';
import { feedbackSetting } from '../../src/deps.ts';
import { channels } from '../../src/domain/comment.ts';
import { close, publish, sign } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';

const deadline = '2026-04-10T18:00:00+08:00';

function officer(site: TestSite, login: string) {
  const found = site.officers[login];
  if (!found) throw new Error(`no officer ${login}`);
  return found;
}

/** A published consultation of an agency whose officers, but for the second caseworker, have an address. */
async function reminded(t: Test) {
  const site = await testSite(t);
  const { db, deps, clock } = site;
  for (const login of ['caseworker', 'approver', 'administrator', 'other'])
    await db
      .updateTable('officers')
      .set({ email: `${login}@example.cn` })
      .where('login', '=', login)
      .execute();
  const consultation = await publish(db, officer(site, 'caseworker'), clock(), new Date(deadline));
  const remind = (at: string) => {
    clock.set(at);
    return remindOfficers(db, feedbackSetting(deps), deps.sentences.reminders, clock());
  };
  return { site, consultation, remind, letters: () => lettersOf(site) };
}

/** Letters that remind, as `login: subject word`, in the order they were written. */
async function lettersOf({ db }: TestSite): Promise<string[]> {
  const { rows } = await sql<{ login: string; what: string }>`
    select o.login, l.detail ->> 'what' as what from letters l join officers o on o.id = l.officer_id
    where l.kind = 'reminder' order by l.id`.execute(db);
  return rows.map(({ login, what }) => `${login}: ${what}`);
}

async function answer(
  { db, deps, clock, ...site }: TestSite,
  consultation: PublishedConsultation,
): Promise<void> {
  const by = {
    officer: officer({ db, deps, clock, ...site }, 'caseworker'),
    consultationId: consultation.id,
  };
  await checkChannels(db, { ...by, checked: channels }, clock());
  const fresh = await agencyConsultation(db, by.officer.agencyId, consultation.id);
  await sign(
    db,
    officer({ db, deps, clock, ...site }, 'approver'),
    fresh as PublishedConsultation,
    deps.sentences.notice,
    clock(),
  );
  await publishNotice(db, by, clock());
}

t.test('the caseworker and the approver are reminded, once each time', async (t) => {
  const { remind, letters } = await reminded(t);
  t.equal(await remind('2026-04-07T17:59:59+08:00'), 0);
  t.equal(await remind('2026-04-07T18:00:00+08:00'), 2);
  t.equal(await remind('2026-04-07T18:01:00+08:00'), 0, 'not again a minute later');
  t.equal(await remind(deadline), 2);
  for (const at of ['2026-04-29T09:00', '2026-05-05T09:00', '2026-05-07T09:00', '2026-05-14T09:00'])
    t.equal(await remind(`${at}:00+08:00`), 2, at);
  t.equal(await remind('2026-05-14T23:00:00+08:00'), 0);
  const each = ['即将截止', '已截止', '反馈将到期', '反馈将到期', '逾期未反馈', '逾期未反馈'];
  t.same(
    await letters(),
    each.flatMap((what) => [`caseworker: ${what}`, `approver: ${what}`]),
  );
});

t.test('after a time in which nothing ran, the newest alone is sent', async (t) => {
  const { remind, letters } = await reminded(t);
  await remind('2026-05-05T10:00:00+08:00');
  t.same(await letters(), ['caseworker: 反馈将到期', 'approver: 反馈将到期']);
});

t.test('two processes at the same instant send one letter each', async (t) => {
  const { site, remind, letters } = await reminded(t);
  site.clock.set(deadline);
  await Promise.all([remind(deadline), remind(deadline), remind(deadline)]);
  t.equal((await letters()).length, 2);
});

t.test('a period that is extended is reminded of anew', async (t) => {
  const { site, consultation, remind, letters } = await reminded(t);
  await remind('2026-04-07T18:00:00+08:00');
  const closesAt = new Date('2026-04-20T18:00:00+08:00');
  await site.db
    .updateTable('consultations')
    .set({ closes_at: closesAt })
    .where('id', '=', consultation.id)
    .execute();
  t.equal(await remind('2026-04-10T18:00:00+08:00'), 0, 'it did not close');
  t.equal(await remind('2026-04-17T18:00:00+08:00'), 2);
  t.equal(await remind('2026-04-20T18:00:00+08:00'), 2);
  t.match((await letters()).at(-1), /已截止/);
});

t.test(
  'nobody is reminded of what is answered or stopped, nor of what was answered while the letter waited',
  async (t) => {
    const { site, consultation, remind } = await reminded(t);
    await remind(deadline);
    await close(site.db, consultation);
    await answer(site, consultation);
    t.equal(await remind('2026-05-20T09:00:00+08:00'), 0);
    const letter = await claimLetter(site.db, site.clock(), 60_000);
    t.equal(letter?.kind, 'reminder');
    if (letter) await t.rejects(site.deps.composeLetter(letter), /nothing to remind of any more/);

    const other = await publish(
      site.db,
      officer(site, 'caseworker'),
      site.clock(),
      new Date('2026-06-30T18:00:00+08:00'),
    );
    const stop = { officer: officer(site, 'administrator'), id: other.id, reason: '不再制定。' };
    t.equal(await withdrawConsultation(site.db, stop, site.clock()), null);
    t.equal(await remind('2026-07-30T18:00:00+08:00'), 0);
  },
);

t.test('where no letter reaches the one who is responsible, the administrator gets it', async (t) => {
  const { site, consultation, remind, letters } = await reminded(t);
  const by = officer(site, 'caseworker');
  const to = officer(site, 'second').id;
  t.equal(await handOver(site.db, { officer: by, id: consultation.id, seen: by.id, to }, site.clock()), null);
  await remind(deadline);
  t.same(
    await letters(),
    ['approver: 已截止', 'administrator: 已截止'],
    'the second caseworker has no address',
  );
  await site.db.updateTable('officers').set({ email: 'second@example.cn' }).where('id', '=', to).execute();
  await remind('2026-04-29T09:00:00+08:00');
  t.same((await letters()).slice(2), ['second: 反馈将到期', 'approver: 反馈将到期']);
  await site.db.updateTable('officers').set({ disabled_at: site.clock() }).where('id', '=', to).execute();
  await remind('2026-05-05T09:00:00+08:00');
  t.same(
    (await letters()).slice(4),
    ['approver: 反馈将到期', 'administrator: 反馈将到期'],
    'who left gets none',
  );
});

t.test('an officer who does not want letters gets none, and may change their mind', async (t) => {
  const { site, remind, letters } = await reminded(t);
  const choose = (wanted: boolean) =>
    chooseReminders(site.db, officer(site, 'approver'), wanted, site.clock());
  await choose(false);
  await remind('2026-04-07T18:00:00+08:00');
  await choose(true);
  await remind(deadline);
  t.same(await letters(), ['caseworker: 即将截止', 'caseworker: 已截止', 'approver: 已截止']);
});

t.test('the letter says what, until when, and where', async (t) => {
  const { site, consultation, remind } = await reminded(t);
  await remind('2026-05-08T09:00:00+08:00');
  const letter = await claimLetter(site.db, site.clock(), 60_000);
  if (!letter) throw new Error('no letter');
  const mail = await site.deps.composeLetter(letter);
  t.match(mail.subject, /^逾期未反馈：关于/);
  t.match(mail.text, /意见反馈应在2026年5月6日以前公布，已经逾期2天/);
  t.ok(mail.text.includes(`/desk/consultations/${consultation.id}\n`));
  t.ok(mail.text.includes('/desk/account/reminders'));
});

t.test('a consultation goes to a colleague who can do the work, and is nobody else’s to take', async (t) => {
  const { site, consultation } = await reminded(t);
  const { db, clock } = site;
  const caseworker = officer(site, 'caseworker');
  const to = (login: string, seen = caseworker.id, by = caseworker) =>
    handOver(db, { officer: by, id: consultation.id, seen, to: officer(site, login).id }, clock());
  for (const login of ['approver', 'other', 'caseworker'])
    t.match(await to(login), { issues: [{ field: 'responsible' }] }, login);
  await t.rejects(to('second', caseworker.id, officer(site, 'approver')), /notAllowed/);
  await t.rejects(to('second', caseworker.id, officer(site, 'other')), /notAllowed/);
  t.equal(await to('second'), null);
  await t.rejects(to('administrator'), /stale/, 'somebody was quicker');
  t.equal(
    (await agencyConsultation(db, caseworker.agencyId, consultation.id))?.responsibleId,
    officer(site, 'second').id,
  );
  await t.rejects(sql`delete from handovers`.execute(db), /insert-only/);
  await t.rejects(sql`delete from reminder_choices`.execute(db), /insert-only/);
});
