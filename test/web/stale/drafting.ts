import { sql } from 'kysely';
import { addImport } from '../../../src/actions/add-import.ts';
import { askApproval } from '../../../src/actions/ask-approval.ts';
import { placeComments } from '../../../src/actions/place-comment.ts';
import { saveAnnouncement } from '../../../src/actions/save-announcement.ts';
import { cancelSchedule, schedulePublication } from '../../../src/actions/schedule-publication.ts';
import { startConsultation } from '../../../src/actions/start-consultation.ts';
import { startVersion } from '../../../src/actions/start-version.ts';
import type { OfficerAccount } from '../../../src/db/officers.ts';
import { isWorkingDay } from '../../../src/workdays.ts';
import { consultationOf } from '../../consultation.ts';
import { paste } from '../../fixtures/paste.ts';
import { secondVersion } from '../../fixtures/versions.ts';
import { prepareVersion } from '../../versions.ts';
import type { Place, World } from '../access/world.ts';
import type { Scene, Told } from './scenes.ts';

const adds = 'each adds something of its own, which stands beside what the other added';
const edited = { page: '/desk/consultations/:id/announcement', form: '/desk/consultations/:id/announcement' };
const release = '/desk/consultations/:id/release';
const at = '/desk/consultations/:id';

/** A draft that could be published now. */
async function complete({ db, clock, officers }: World): Promise<Place> {
  const officer = officers['second'] as OfficerAccount;
  const source = paste('2026年6月10日下午6时');
  const id = await startConsultation(db, { officer, kind: 'other', source }, clock());
  const { revision, kind, announcement, asks, showsComments } = await consultationOf(db, officer, id);
  const closesAt = new Date('2026-06-10T18:00:00+08:00');
  const said = { kind, announcement, asks, showsComments, opensAt: clock(), closesAt };
  await saveAnnouncement(db, { officer, id, revision, ...said }, clock());
  return { id: String(id), revision: String(revision + 1) };
}

async function handed({ officers, places }: World): Promise<Place> {
  const [mine, theirs] = [officers['caseworker']?.id, officers['second']?.id];
  return { ...places.draft, mine: String(mine), theirs: String(theirs) };
}

/** A text beside the one that the draft was begun with. */
async function anotherImport({ db, officers, places, clock }: World): Promise<Place> {
  const officer = officers['second'] as OfficerAccount;
  const input = { officer, id: Number(places.draft['id']), source: '附则\n本办法由县水务局负责解释。' };
  return { ...places.draft, import: String(await addImport(db, input, clock())) };
}

async function asked(world: World): Promise<Place> {
  const place = await complete(world);
  const { db, officers, clock } = world;
  const input = {
    officer: officers['second'] as OfficerAccount,
    id: Number(place['id']),
    revision: Number(place['revision']),
  };
  await askApproval(db, input, isWorkingDay, clock());
  return place;
}

async function scheduled(world: World): Promise<Place> {
  const place = await complete(world);
  const { db, officers, clock } = world;
  const input = {
    officer: officers['second'] as OfficerAccount,
    id: Number(place['id']),
    revision: Number(place['revision']),
  };
  const publishAt = new Date('2026-04-20T09:00:00+08:00');
  await schedulePublication(db, { ...input, publishAt }, isWorkingDay, clock());
  return place;
}

async function scheduleAnew({ db, officers, clock }: World, place: Place): Promise<void> {
  const input = { officer: officers['second'] as OfficerAccount, id: Number(place['id']) };
  const at = (day: string) => new Date(`2026-04-${day}T09:00:00+08:00`);
  await cancelSchedule(db, { ...input, seen: at('20') }, clock());
  const { revision } = await consultationOf(db, input.officer, input.id);
  const wanted = { ...input, revision, publishAt: at('25') };
  await schedulePublication(db, wanted, isWorkingDay, clock());
}

/** An open consultation with comments on a clause of its first version. */
async function placed({ db, places }: World): Promise<Place> {
  const { rows } = await sql<{ id: number }>`select c.id from clauses c join drafts d on d.id = c.draft_id
    where d.consultation_id = ${Number(places.open['id'])} and d.version = 1 and c.address = 'art_3'`.execute(
    db,
  );
  return { ...places.open, clause: String(rows[0]?.id) };
}

async function placedByHand(world: World): Promise<Place> {
  const { db, officers, places, clock } = world;
  const consultationId = Number(places.open['id']);
  const { rows } = await sql<{ id: number }>`
    select id from comments where consultation_id = ${consultationId}`.execute(db);
  const officer = officers['second'] as OfficerAccount;
  const input = { officer, consultationId, version: 2, placed: { commentIds: [Number(rows[0]?.id)] } };
  await placeComments(db, { ...input, choice: 'wholeDraft' }, clock());
  return { ...places.open, comment: String(rows[0]?.id) };
}

async function preparedAnew({ db, officers, places, clock }: World): Promise<Place> {
  const officer = officers['administrator'] as OfficerAccount;
  await startVersion(db, { officer, id: Number(places.open['id']) }, clock());
  await prepareVersion(db, officer, Number(places.open['id']), secondVersion(), clock());
  return places.open;
}

const approvers = ['approver', 'administrator'] as const;
const changed = { typed: { contactPerson: '同事写的人' } };

/** The same scene while a colleague changes a clause of the draft. */
const row = {
  page: `${at}/draft/rows/8`,
  form: `${at}/draft/edit`,
  typed: { 'text-7': '同事的正文' },
  button: 'do=set',
};

const mapping: Scene['quicker'] = {
  page: `${at}/mapping/art_4`,
  form: `${at}/mapping/art_4`,
  typed: { to: 'art_5' },
  button: 'do=link',
};

/** Forms about what is being prepared, its publication, and what becomes of it. */
export const draftForms: Readonly<Record<string, Told>> = {
  'POST /desk/consultations': adds,
  'POST /desk/consultations/:id/source': adds,
  'POST /desk/consultations/:id/handover': {
    at: handed,
    mine: { responsible: ':mine' },
    quicker: { typed: { responsible: ':theirs' } },
    shows: ['刚刚由同事移交过，现在由second承办'],
    again: '已移交',
  },
  'POST /desk/consultations/:id/announcement': {
    at: 'draft',
    mine: { contactPerson: '我写的人' },
    quicker: { typed: { contactPerson: '同事写的人' } },
    shows: ['同事写的人'],
    again: '公告已保存',
  },
  'POST /desk/consultations/:id/draft': {
    at: 'draft',
    mine: { 'text-6': '我的正文' },
    quicker: { typed: { 'text-7': '同事的正文' } },
    shows: ['同事的正文'],
    again: '草案已保存',
  },
  'POST /desk/consultations/:id/draft/edit': {
    at: 'draft',
    page: `${at}/draft/rows/7`,
    mine: { 'text-6': '我的又一段' },
    button: 'do=set',
    quicker: { ...row },
    shows: ['已被他人改动', /second：修改草案/],
    again: /我的又一段/,
  },
  'POST /desk/consultations/:id/draft/undo': {
    at: 'draft',
    page: `${at}/draft`,
    quicker: { ...row, typed: { 'text-7': '同事又改的正文' } },
    shows: ['已被他人改动', '同事又改的正文'],
    again: '已撤销',
  },
  'POST /desk/consultations/:id/draft/redo': {
    at: 'draft',
    page: `${at}/draft`,
    quicker: { form: `${at}/draft/redo` },
    shows: ['已被他人改动', '同事又改的正文'],
    again: null,
  },
  'POST /desk/consultations/:id/imports/:import/settings': {
    at: 'draft',
    page: `${at}/imports/:import`,
    mine: { family: 'official' },
    quicker: { ...row, typed: { 'text-7': '第三次改的正文' } },
    shows: ['已被他人改动'],
    again: /识别/,
  },
  'POST /desk/consultations/:id/imports/:import/discard': [
    {
      at: anotherImport,
      page: `${at}/imports/:import/discard`,
      quicker: {},
      shows: ['这份来源文本已经移除', /second于.*：移除来源文本/],
      again: null,
    },
    {
      at: 'draft',
      page: `${at}/imports/:import/discard`,
      quicker: { ...edited, ...changed },
      shows: ['还没有移除', /second：修改公告/],
      again: '已移除',
    },
  ],
  'POST /desk/consultations/:id/publish': {
    at: complete,
    page: `${at}/preview`,
    quicker: { ...edited, ...changed },
    shows: ['还没有发布', '同事写的人'],
    again: '征求意见已发布',
  },
  'POST /desk/consultations/:id/approval': {
    at: complete,
    page: release,
    quicker: { ...edited, ...changed },
    shows: ['没有生效'],
    again: '已送审',
  },
  'POST /desk/consultations/:id/approval/approve': {
    at: asked,
    by: approvers,
    page: release,
    quicker: { form: `${at}/approval/return`, typed: { remark: '同事退回的话' } },
    shows: ['没有生效', '同事退回的话'],
    again: null,
  },
  'POST /desk/consultations/:id/approval/return': {
    at: asked,
    by: approvers,
    page: release,
    mine: { remark: '我退回的话' },
    quicker: { form: `${at}/approval/approve` },
    shows: ['没有生效', /administrator[\s\S]*同意/],
    keeps: 'words',
    again: null,
  },
  'POST /desk/consultations/:id/schedule': [
    {
      at: complete,
      page: release,
      mine: { publishAt: '2026-04-21 09:00' },
      quicker: { ...edited, ...changed },
      shows: ['没有生效'],
      again: '已定时发布',
    },
    {
      at: complete,
      page: release,
      mine: { publishAt: '2026-04-21 09:00' },
      quicker: { typed: { publishAt: '2026-04-22 09:00' } },
      shows: ['没有生效', /4月22日/],
      keeps: 'words',
      again: null,
    },
  ],
  'POST /desk/consultations/:id/preview-links': adds,
  'POST /desk/consultations/:id/preview-links/:link/revoke':
    'a link that was revoked stays so; twice is as once',
  'POST /desk/consultations/:id/extension': {
    at: 'open',
    mine: { newClosesAt: '2026-06-20 18:00', extensionReason: '我的理由' },
    quicker: { typed: { newClosesAt: '2026-06-15 18:00', extensionReason: '同事的理由' } },
    shows: ['同事的理由', /6月15日/],
    again: '已经延期',
  },
  'POST /desk/consultations/:id/next-round': 'the second goes on to the round that the first began',
  'POST /desk/consultations/:id/versions': 'the second goes on with the version that the first began',
  'POST /desk/consultations/:id/versions/abandon': {
    at: preparedAnew,
    page: `${at}/versions/abandon`,
    quicker: mapping,
    shows: ['还没有放弃'],
    again: '已放弃新版本',
  },
  'POST /desk/consultations/:id/mapping/:address': {
    at: 'prepared',
    page: `${at}/mapping/art_3`,
    mine: { to: 'art_2' },
    button: 'do=link',
    quicker: mapping,
    shows: ['还没有保存'],
    again: '条文对应已更正',
  },
  'POST /desk/consultations/:id/versions/publish': {
    at: 'prepared',
    page: `${at}/versions/publish`,
    mine: { draftTitle: '清源县农村供水管理办法', note: '我写的说明' },
    quicker: { ...mapping, typed: { to: 'art_4' } },
    shows: ['还没有发布'],
    again: '新版本已发布',
  },
  'POST /desk/consultations/:id/orphans/:clause': {
    at: placed,
    page: `${at}/orphans/:clause`,
    mine: { scope: 'all', clause: 'art_6' },
    quicker: { typed: { scope: 'all', clause: 'art_5' } },
    shows: ['还没有保存', '第五条'],
    keeps: 'nothing',
    again: null,
  },
  'POST /desk/consultations/:id/orphans/undo': {
    at: placedByHand,
    page: `${at}/orphans`,
    quicker: {},
    shows: ['还没有撤销'],
    again: null,
  },
  'POST /desk/consultations/:id/schedule/cancel': {
    at: scheduled,
    page: release,
    quicker: scheduleAnew,
    shows: ['没有生效', /4月25日/],
    again: '已取消定时发布',
  },
  'POST /desk/consultations/:id/stop': [
    {
      at: 'open',
      by: ['approver', 'caseworker'],
      mine: { withdrawalReason: '我的终止理由' },
      quicker: {
        page: `${at}/extension`,
        form: `${at}/extension`,
        typed: { newClosesAt: '2026-07-15 18:00', extensionReason: '同事延期的理由' },
      },
      shows: ['还没有终止', '同事延期的理由', /7月15日/],
      again: '征求意见已经终止',
    },
    {
      at: 'prepared',
      by: approvers,
      mine: { withdrawalReason: '我的终止理由' },
      quicker: { typed: { withdrawalReason: '同事终止的理由' } },
      shows: ['已由同事终止', '同事终止的理由'],
      again: null,
    },
  ],
};
