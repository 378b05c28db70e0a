import { sql } from 'kysely';
import { addSheet } from '../../../src/actions/add-sheet.ts';
import { disposeOfComment } from '../../../src/actions/dispose-of-comment.ts';
import { disposeOfComments } from '../../../src/actions/dispose-of-comments.ts';
import { deskComment } from '../../../src/db/comments.ts';
import type { OfficerAccount } from '../../../src/db/officers.ts';
import type { Place, World } from '../access/world.ts';
import type { Told } from './scenes.ts';

const at = '/desk/consultations/:id';
const comment = `${at}/comments/:comment`;

/** The comment with a disposition, given alone or to many at once. */
function disposed(together: boolean): (world: World) => Promise<Place> {
  return async ({ db, officers, places, clock }) => {
    const { id = '', comment: commentId = '' } = places.closed;
    const seen = (await deskComment(db, Number(commentId)))?.dispositionId ?? 0;
    const input = { officer: officers['second'] as OfficerAccount, consultationId: Number(id) };
    const disposition = { outcome: 'notAdopted', reason: '先前的理由' } as const;
    if (together)
      await disposeOfComments(
        db,
        { ...input, comments: [{ id: Number(commentId), seen }], disposition },
        clock(),
      );
    else await disposeOfComment(db, { ...input, commentId: Number(commentId), seen, disposition }, clock());
    return places.closed;
  };
}

/** A table beside the one that is there, tried and ready to be entered. */
async function anotherSheet({ db, officers, places, clock, workOnSheets }: World): Promise<Place> {
  const bytes = Buffer.from('渠道,收到日期,姓名,条款,意见内容\n信函,2026-04-09,宋德海,第四条,建议再议。');
  const input = { officer: officers['second'] as OfficerAccount, name: '来件二.csv', bytes };
  const sheet = await addSheet(db, { ...input, consultationId: Number(places.closed['id']) }, clock());
  await workOnSheets();
  return { ...places.closed, sheet: String(sheet) };
}

async function assignees({ officers, places }: World): Promise<Place> {
  const [mine, theirs] = [officers['caseworker']?.id, officers['second']?.id];
  return { ...places.closed, mine: String(mine), theirs: String(theirs) };
}

async function setAside({ db, places, clock }: World): Promise<Place> {
  await sql`update letters set failed_at = ${clock()} where id = ${Number(places.closed['letter'])}`.execute(
    db,
  );
  return places.closed;
}

async function guessed({ db, places }: World): Promise<Place> {
  const { rows } = await sql<{ id: number }>`select id from comments where clause_from = 'guess'
    and consultation_id = ${Number(places.closed['id'])}`.execute(db);
  return { ...places.closed, guess: String(rows[0]?.id) };
}

/** Forms about what was received. */
export const receivedForms: Readonly<Record<string, Told>> = {
  'POST /desk/templates': 'it adds a reply; a name that was just taken is an error that keeps every word',
  'POST /desk/templates/:template': [
    {
      at: 'closed',
      mine: { templateText: '我的答复，写明理由。' },
      quicker: { typed: { templateText: '同事的答复，写明理由。' } },
      shows: ['还没有保存', '同事的答复，写明理由。'],
      again: '常用答复已保存',
    },
    {
      at: 'closed',
      mine: { templateText: '我又写的答复，写明理由。' },
      quicker: { button: 'do=remove' },
      shows: ['还没有保存', /second于.*：删除常用答复（公示天数的答复）/],
      again: null,
    },
  ],
  'POST /desk/consultations/:id/entry':
    'it stores a submission of its own; the same form sent twice stores one',
  'POST /desk/consultations/:id/entry/sheet': 'it adds a table, which stands beside those of others',
  'POST /desk/consultations/:id/entry/sheet/:sheet/store': {
    at: anotherSheet,
    page: `${at}/entry/sheet/:sheet`,
    quicker: { form: `${at}/entry/sheet/:sheet/discard` },
    shows: ['没有录入', /second于.*：移除来件登记表/, '这份表格已经移除'],
    again: null,
  },
  'POST /desk/consultations/:id/entry/sheet/:sheet/discard': {
    at: 'closed',
    page: `${at}/entry/sheet/:sheet`,
    quicker: { form: `${at}/entry/sheet/:sheet/store` },
    shows: ['没有移除', /second于.*：开始批量录入/],
    again: null,
  },
  'POST /desk/consultations/:id/comments/screening': {
    at: 'closed',
    page: `${at}/comments`,
    mine: { scope: 'chosen', comment: ':comment', verdict: 'hidden', screeningReason: '我的审核理由' },
    quicker: {
      page: comment,
      form: `${comment}/screening`,
      typed: { verdict: 'hidden', screeningReason: '同事的审核理由' },
    },
    shows: ['还没有审核', '同事的审核理由'],
    again: /已审核/,
  },
  'POST /desk/consultations/:id/comments/:comment/screening': {
    at: 'closed',
    page: comment,
    mine: { verdict: 'hidden', screeningReason: '我的审核理由' },
    quicker: { typed: { verdict: 'hidden', screeningReason: '同事又一个理由' } },
    shows: ['还没有审核', '同事又一个理由'],
    again: '审核结果已保存',
  },
  'POST /desk/consultations/:id/comments/:comment/redaction': {
    at: 'closed',
    page: comment,
    mine: { passages: '检测', redactionReason: '我的遮盖理由' },
    button: 'do=save',
    quicker: { typed: { passages: '建议', redactionReason: '同事的遮盖理由' } },
    shows: ['还没有遮盖', '同事的遮盖理由'],
    again: '遮盖已保存',
  },
  'POST /desk/consultations/:id/comments/:comment/disposition': {
    at: 'closed',
    page: `${at}/comments`,
    mine: { 'outcome-:comment': 'notAdopted', 'reason-:comment': '我的理由是上位法已有规定。' },
    quicker: { typed: { 'outcome-:comment': 'outOfScope', 'reason-:comment': '同事认为与本办法无关。' } },
    shows: ['还没有保存', '同事认为与本办法无关。'],
    again: '采纳情况已保存',
  },
  'POST /desk/consultations/:id/comments/screen-together': {
    at: 'closed',
    mine: { verdict: 'hidden', screeningReason: '我给全部的审核理由' },
    quicker: {
      page: comment,
      form: `${comment}/screening`,
      typed: { verdict: 'hidden', screeningReason: '同事第三个理由' },
    },
    shows: ['还没有审核', /不公开1条/],
    again: /已审核/,
  },
  'POST /desk/consultations/:id/comments/together': {
    at: 'closed',
    page: `${at}/comments/together`,
    mine: { existing: 'replace', outcome: 'notAdopted', reason: '我给全部的理由，写明依据。' },
    quicker: {
      page: `${at}/comments`,
      form: `${comment}/disposition`,
      typed: { 'outcome-:comment': 'adopted', 'reason-:comment': '' },
    },
    shows: ['还没有办理', /采纳1条/],
    again: /办理/,
  },
  'POST /desk/consultations/:id/comments/assignment': {
    at: assignees,
    mine: { assignee: 'o:mine', assignmentRemark: '我的附言' },
    quicker: { typed: { assignee: 'o:theirs', assignmentRemark: '同事的附言' } },
    shows: ['还没有分办', /approver|second/],
    again: /分/,
  },
  'POST /desk/consultations/:id/comments/take-back': [
    {
      at: disposed(true),
      page: `${at}/comments`,
      quicker: {},
      shows: ['没有收回这次批量办理', /second于.*已经收回批量办理（1条）/],
      again: null,
    },
    {
      at: disposed(true),
      page: `${at}/comments`,
      quicker: (world) => disposed(true)(world),
      shows: ['没有收回这次批量办理', '又有新的批量办理', /second：批量办理意见/],
      again: '已收回',
    },
  ],
  'POST /desk/consultations/:id/comments/:comment/take-back': {
    at: disposed(false),
    page: comment,
    quicker: {
      page: `${at}/comments`,
      form: `${comment}/disposition`,
      typed: { 'outcome-:comment': 'outOfScope', 'reason-:comment': '同事认为与本办法无关。' },
    },
    shows: ['还没有收回', '同事认为与本办法无关。'],
    again: '采纳情况已收回',
  },
  'POST /desk/consultations/:id/comments/:comment/notes': {
    at: 'closed',
    page: comment,
    mine: { internalNote: '我的备注' },
    quicker: { typed: { internalNote: '同事的备注' } },
    shows: ['还没有保存', '同事的备注'],
    again: '备注已保存',
  },
  'POST /desk/consultations/:id/mail/clauses': {
    at: guessed,
    page: `${at}/mail`,
    mine: { 'clause-:guess': '第四条' },
    quicker: {},
    shows: ['还没有确认', /second：确认来信的条款/],
    keeps: 'words',
    again: null,
  },
  'POST /desk/mail/:message': [
    {
      at: 'closed',
      page: `${at}/mail`,
      button: 'do=leave',
      quicker: {},
      shows: ['已经办过了', /second于.*：不收搁置的来信/],
      again: null,
    },
    {
      at: 'closed',
      page: `${at}/mail?show=left`,
      button: 'do=take',
      quicker: {},
      shows: ['已经办过了', /second于.*：收下搁置的来信（/],
      again: null,
    },
  ],
  'POST /desk/consultations/:id/letters': {
    at: setAside,
    page: `${at}/letters`,
    quicker: {},
    shows: ['没有再发', /second：重发未能送达的邮件/],
    again: null,
  },
};
