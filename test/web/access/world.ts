import { type RawBuilder, sql } from 'kysely';
import type { Test } from 'tap';
import { addSheet } from '../../../src/actions/add-sheet.ts';
import { checkChannels } from '../../../src/actions/check-channels.ts';
import { disposeOfComment } from '../../../src/actions/dispose-of-comment.ts';
import { keepDepartment } from '../../../src/actions/keep-department.ts';
import { keepTemplate } from '../../../src/actions/keep-template.ts';
import { publishNotice } from '../../../src/actions/publish-notice.ts';
import { startConsultation } from '../../../src/actions/start-consultation.ts';
import { insertAttachments } from '../../../src/db/attachments.ts';
import { deskComments } from '../../../src/db/comments.ts';
import type { PublishedConsultation } from '../../../src/db/consultations.ts';
import { insertGroup, putComments } from '../../../src/db/group-writes.ts';
import { ensureAgency, insertOfficer, type OfficerAccount, officersOf } from '../../../src/db/officers.ts';
import { type Db, transaction } from '../../../src/db/session.ts';
import { comparedRows, insertSuggestions } from '../../../src/db/suggested-groups.ts';
import { channels } from '../../../src/domain/comment.ts';
import { roles } from '../../../src/domain/officer.ts';
import { close, form, publish, publishNext, sign, submit } from '../../consultation.ts';
import { paste } from '../../fixtures/paste.ts';
import { secondVersion } from '../../fixtures/versions.ts';
import { arrivals } from '../../intake/arrivals.ts';
import { message } from '../../intake/letters.ts';
import { type TestSite, testSite } from '../../support.ts';
import { prepareVersion } from '../../versions.ts';
import type { At } from './rows.ts';

/** What the parameters of an address stand for at one place; `id` is the consultation in addresses of the desk. */
export type Place = Readonly<Record<string, string>>;

export interface World extends TestSite {
  readonly places: Readonly<Record<At, Place>>;
  /** Consultations of the other agency, one for each place that has an `id`. */
  readonly theirs: { readonly draft: Place; readonly closed: Place };
  /** Words of the first agency's consultations. */
  readonly words: readonly string[];
}

/** Logins of the other agency's officers are their roles behind this. */
export const elsewhere = 'elsewhere-';

const later = new Date('2026-06-10T18:00:00+08:00');
const person = {
  name: '朱清和',
  phone: '0999-5550188',
  email: 'zhu@example.cn',
  consent: 'withName',
} as const;

/**
 * Two agencies with an officer of each role. The first has a consultation in every state, with whatever a route asks
 * for: comments, a file, letters, messages, tables, a new version, a notice. The time is two days after a deadline.
 */
export async function world(t: Test): Promise<World> {
  const plenty = { max: 1_000, windowMs: 60_000 };
  const site = await testSite(t, {
    limits: { signIns: plenty, submissions: plenty, forms: plenty, documents: plenty },
  });
  const { db, clock, officers } = site;
  const ours = officers['administrator'] as OfficerAccount;
  const other = await otherAgency(site);
  const closed = await withComments(site, ours);
  const [draft, open, prepared, answered] = [
    await startConsultation(db, { officer: ours, kind: 'other', source: paste() }, clock()),
    await publish(db, ours, clock(), later),
    await publish(db, ours, clock(), later),
    await publish(db, ours, clock()),
  ];
  const form1 = await form(db, open.number, clock(), person);
  await submit(db, form1, clock());
  await submit(db, await form(db, answered.number, clock()), clock());
  await publishNext(db, ours, open, secondVersion(), clock());
  await prepareVersion(db, ours, prepared.id, secondVersion(), clock());
  const theirDraft = await startConsultation(
    db,
    { officer: other, kind: 'other', source: theirPaste() },
    clock(),
  );
  const theirs = await publish(db, other, clock(), undefined, { source: theirPaste() });
  clock.set('2026-04-12T10:00:00+08:00');
  for (const each of [closed.consultation, answered, theirs]) await close(db, each);
  await answer(site, answered);
  const sheet = await tableOf(site, ours, closed.consultation.id);
  const template = await templateOf(site, ours);
  const department = await departmentOf(site, ours);
  const of = (each: PublishedConsultation, version = '1') => ({
    ...{ id: String(each.id), number: each.number, version, address: 'art_3', row: '1' },
  });
  return {
    ...site,
    words: [
      ...[
        '农村供水',
        '建议写明检测项目',
        '韩素琴',
        '供水来件.csv',
        '中奖',
        '检测项目一组',
        '公示天数',
        '县渔业管理站',
      ],
      ...Object.values(person).slice(0, 3),
      ...[closed.consultation, open, prepared, answered].map(({ number }) => number),
    ],
    places: {
      draft: {
        ...{ id: String(draft), address: 'art_3', row: '1' },
        import: await idOf(db, sql`select id from draft_imports where consultation_id = ${draft}`),
        officer: String(officers['second']?.id),
      },
      open: {
        ...{ ...of(open, '2'), token: form1.receiptToken },
        ...{ paper: 'announcement', fingerprint: 'f'.repeat(64) },
      },
      closed: { ...of(closed.consultation), ...closed.params, sheet, template, department, part: 'thanks' },
      prepared: of(prepared),
      answered: { ...of(answered), sequence: '1' },
    },
    theirs: {
      draft: { id: String(theirDraft) },
      closed: { id: String(theirs.id), number: theirs.number },
    },
  };
}

async function templateOf({ db, clock }: TestSite, officer: OfficerAccount): Promise<string> {
  const template = { name: '公示天数的答复', outcome: null, text: '建议写明检测项目的，已经写明。' };
  await keepTemplate(db, { officer, place: 'new', template }, clock());
  return idOf(db, sql`select id from reply_templates`);
}

async function departmentOf({ db, clock }: TestSite, officer: OfficerAccount): Promise<string> {
  await keepDepartment(db, { officer, place: 'new', name: '县渔业管理站' }, clock());
  return idOf(db, sql`select id from departments`);
}

function theirPaste(): string {
  return paste()
    .replaceAll('农村供水', '城市养犬')
    .replaceAll('县水务局', '县公安局')
    .replaceAll('shuiwu@', 'gongan@');
}

async function otherAgency({ db, clock, officers }: TestSite): Promise<OfficerAccount> {
  const { passwordHash = null } = officers['administrator'] ?? {};
  const names = { name: '清源县公安局', shortName: '县公安局', siteName: '清源县人民政府网' };
  const agencyId = await transaction(db, async (trx) => {
    const id = await ensureAgency(trx, names, clock());
    for (const role of roles)
      await insertOfficer(
        trx,
        { agencyId: id, login: elsewhere + role, name: role, role, passwordHash },
        clock(),
      );
    return id;
  });
  return (await officersOf(db, agencyId)).find(({ role }) => role === 'administrator') as OfficerAccount;
}

/** A consultation with comments, a file, a letter, a message that was taken and one that was set aside. */
async function withComments(site: TestSite, officer: OfficerAccount) {
  const { db, clock } = site;
  const consultation = await publish(db, officer, clock(), undefined, { showsComments: true });
  const one = await form(db, consultation.number, clock(), person);
  await submit(db, one, clock());
  await submit(db, await form(db, consultation.number, clock(), { clause: '' }), clock());
  const id = Number(await idOf(db, sql`select min(id) as id from submissions`));
  const bytes = Buffer.from('水表照片');
  const file = {
    name: '意见.txt',
    mediaType: 'text/plain',
    size: bytes.length,
    sha256: '0'.repeat(64),
    bytes,
  };
  await transaction(db, (trx) => insertAttachments(trx, id, [file], clock()));
  const arrive = await arrivals(site, 'shuiwu@qingyuan.example.cn');
  await arrive(message({ subject: '水价', text: '第三条' }));
  await arrive(message({ subject: '中奖', text: '第四条', header: ['X-Spam-Flag: YES'] }));
  const find = (query: RawBuilder<{ id: number }>) => idOf(db, query);
  const params = {
    token: one.receiptToken,
    clause: await find(sql`select c.id from clauses c join drafts d on d.id = c.draft_id
      where d.consultation_id = ${consultation.id} and c.address = 'art_3'`),
    comment: await find(sql`select id from comments where submission_id = ${id}`),
    letter: await find(sql`select id from letters where submission_id = ${id}`),
    message: await find(sql`select id from mail_messages where state = 'setAside'`),
    attachment: await find(sql`select id from attachments where submission_id = ${id}`),
    ...(await groupsOf(site, officer, consultation.id)),
  };
  return { consultation, params };
}

/** A confirmed group with a comment in it, and a suggestion with another. */
async function groupsOf({ db, clock }: TestSite, { id }: OfficerAccount, consultationId: number) {
  const ids = (await comparedRows(db, consultationId, 0, 2)).map((row) => row.id);
  const group = await transaction(db, async (trx) => {
    const groupId = await insertGroup(trx, { consultationId, label: '检测项目一组', officerId: id }, clock());
    await putComments(trx, ids.slice(0, 1), { groupId, joined: true }, id, clock());
    return groupId;
  });
  const search = await idOf(
    db,
    sql`insert into group_searches (consultation_id, state, created_at, finished_at)
      values (${consultationId}, 'done', ${clock()}, ${clock()}) returning id`,
  );
  const suggestion = { ids: ids.slice(1), sample: ids[1] as number, joins: null, position: 0 };
  await transaction(db, (trx) => insertSuggestions(trx, Number(search), [suggestion]));
  return { group: String(group), search, position: '0' };
}

async function tableOf(site: TestSite, officer: OfficerAccount, consultationId: number): Promise<string> {
  const bytes = Buffer.from('渠道,收到日期,姓名,条款,意见内容\n信函,2026-04-09,韩素琴,第三条,建议写明。');
  const input = { officer, consultationId, name: '供水来件.csv', bytes };
  const id = await addSheet(site.db, input, site.clock());
  await site.workOnSheets();
  return String(id);
}

async function answer({ db, deps, officers, clock }: TestSite, consultation: PublishedConsultation) {
  const caseworker = officers['caseworker'] as OfficerAccount;
  const input = { officer: caseworker, consultationId: consultation.id };
  for (const { id } of await deskComments(db, consultation.id)) {
    const disposition = { outcome: 'adopted', reason: '' } as const;
    await disposeOfComment(db, { ...input, commentId: id, seen: 0, disposition }, clock());
  }
  await checkChannels(db, { ...input, checked: channels }, clock());
  await sign(db, officers['approver'] as OfficerAccount, consultation, deps.sentences.notice, clock());
  await publishNotice(db, input, clock());
}

async function idOf(db: Db, query: RawBuilder<{ id: number }>): Promise<string> {
  const [row] = (await query.execute(db)).rows;
  if (!row) throw new Error('no such row');
  return String(row.id);
}
