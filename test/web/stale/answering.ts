import { beginCorrection } from '../../../src/actions/begin-correction.ts';
import { drawUp } from '../../../src/actions/draw-up.ts';
import { returnNotice, signNotice } from '../../../src/actions/sign-notice.ts';
import type { OfficerAccount } from '../../../src/db/officers.ts';
import { consultationOf } from '../../consultation.ts';
import type { Place, World } from '../access/world.ts';
import type { Told } from './scenes.ts';

const notice = '/desk/consultations/:id/notice';
const approvers = ['approver', 'administrator'] as const;

async function corrected({ db, officers, places, clock }: World): Promise<Place> {
  const input = { officer: officers['caseworker'] as OfficerAccount, what: '第三条登记有误。' };
  await beginCorrection(db, { ...input, consultationId: Number(places.answered['id']) }, clock());
  return places.answered;
}

async function returned({ db, officers, places, clock }: World): Promise<Place> {
  const officer = officers['approver'] as OfficerAccount;
  const consultationId = Number(places.answered['id']);
  await returnNotice(db, { officer, consultationId, remark: '先退回一次' }, clock());
  return places.answered;
}

async function signed({ db, deps, officers, places, clock }: World): Promise<Place> {
  const officer = officers['approver'] as OfficerAccount;
  const consultation = await consultationOf(db, officer, Number(places.answered['id']));
  const words = deps.sentences.notice;
  const { seen } = await drawUp(db, consultation, words, clock());
  await signNotice(db, { officer, consultationId: consultation.id, seen }, words, clock());
  return places.answered;
}

const words = (typed: string) => ({
  page: `${notice}/words/thanks`,
  form: `${notice}/words/thanks`,
  typed: { wording: typed },
  button: 'do=save',
});

/** Forms about the answer. */
export const answerForms: Readonly<Record<string, Told>> = {
  'POST /desk/audit/export': 'it changes nothing',
  'POST /desk/consultations/:id/exports/named': 'it changes nothing',
  'POST /desk/consultations/:id/audit/export': 'it changes nothing',
  'POST /desk/consultations/:id/channels': {
    at: 'closed',
    mine: { checked: ['letter'], 'found-letter': '0' },
    quicker: { typed: { checked: ['phone'], 'found-phone': '0' } },
    shows: ['还没有保存', /second于.*核对/],
    again: '渠道核对情况已保存',
  },
  'POST /desk/consultations/:id/notice/words': 'it adds a paragraph, which stands beside those of others',
  'POST /desk/consultations/:id/notice/words/:part': {
    at: 'closed',
    mine: { wording: '我写的感谢。' },
    button: 'do=save',
    quicker: { typed: { wording: '同事写的感谢。' } },
    shows: ['还没有保存', '同事写的感谢。'],
    again: '文字已保存',
  },
  'POST /desk/consultations/:id/notice/dropped': {
    at: 'closed',
    mine: { reason: '我写的不再制定的理由。' },
    button: 'do=drop',
    quicker: { typed: { reason: '同事写的不再制定的理由。' } },
    shows: ['还没有保存', '同事写的不再制定的理由。'],
    again: '已写明不再制定',
  },
  'POST /desk/consultations/:id/notice/correction': {
    at: 'answered',
    mine: { what: '我要更正的是第三条。' },
    quicker: { typed: { what: '同事更正的是第四条。' } },
    shows: ['还没有开始', '同事更正的是第四条。'],
    again: null,
  },
  'POST /desk/consultations/:id/notice/correction/abandon': {
    at: 'answered',
    quicker: {},
    shows: ['没有放弃', '同事已经放弃'],
    again: null,
  },
  'POST /desk/consultations/:id/notice/sign': {
    at: corrected,
    by: ['approver', 'caseworker'],
    page: notice,
    quicker: words('同事改写的感谢。'),
    shows: ['没有生效', '同事改写的感谢。'],
    again: '意见反馈已签发',
  },
  'POST /desk/consultations/:id/notice/return': {
    at: returned,
    by: approvers,
    page: notice,
    mine: { remark: '我退回的话' },
    quicker: { form: `${notice}/sign` },
    shows: ['没有生效', /administrator于.*签发/],
    again: '意见反馈已退回修改',
  },
  'POST /desk/consultations/:id/notice/publish': {
    at: signed,
    by: ['caseworker', 'approver'],
    page: notice,
    quicker: { form: `${notice}/return`, typed: { remark: '同事退回的话' } },
    shows: ['没有生效', '同事退回的话'],
    again: null,
  },
};
