import { dissolveGroup } from '../../../src/actions/dissolve-group.ts';
import { groupComments } from '../../../src/actions/group-comments.ts';
import { deskComment, deskComments } from '../../../src/db/comments.ts';
import { insertGroup, putComments } from '../../../src/db/group-writes.ts';
import { commentGroup } from '../../../src/db/groups.ts';
import { placedComments } from '../../../src/db/memberships.ts';
import type { OfficerAccount } from '../../../src/db/officers.ts';
import { transaction } from '../../../src/db/session.ts';
import type { Place, World } from '../access/world.ts';
import type { Told } from './scenes.ts';

const at = '/desk/consultations/:id';
const comment = `${at}/comments/:comment`;
const group = `${at}/groups/:group`;

/** All comments in the group. */
async function grouped({ db, officers, places, clock }: World): Promise<Place> {
  const officer = officers['second'] as OfficerAccount;
  const [consultationId, to] = [Number(places.closed['id']), Number(places.closed['group'])];
  const ids = (await deskComments(db, consultationId)).map(({ id }) => id);
  const seen = await placedComments(db, ids);
  const comments = ids.map((id) => ({ id, seen: seen.get(id)?.seen ?? 0 }));
  await groupComments(db, { officer, consultationId, comments, to }, clock());
  return places.closed;
}

/** The same, with the receipt of one of them. */
async function received(world: World): Promise<Place> {
  const there = await grouped(world);
  const { receiptNumber = '' } = (await deskComment(world.db, Number(there['comment']))) ?? {};
  return { ...there, receipt: receiptNumber };
}

/** A group of its own that holds the comment. */
async function apart(world: World): Promise<Place> {
  const { db, officers, clock } = world;
  const [place, { id: officerId }] = [await received(world), officers['second'] as OfficerAccount];
  const groupId = await transaction(db, async (trx) => {
    const made = { consultationId: Number(place['id']), label: '另一组', officerId };
    const id = await insertGroup(trx, made, clock());
    await putComments(trx, [Number(place['comment'])], { groupId: id, joined: true }, officerId, clock());
    return id;
  });
  return { ...place, group: String(groupId) };
}

async function emptied({ db, officers, clock }: World, place: Place): Promise<void> {
  const officer = officers['second'] as OfficerAccount;
  const [consultationId, groupId] = [Number(place['id']), Number(place['group'])];
  const seen = (await commentGroup(db, consultationId, groupId))?.members ?? 0;
  await dissolveGroup(db, { officer, consultationId, groupId, seen }, clock());
}

/** Forms about groups of alike comments. */
export const groupForms: Readonly<Record<string, Told>> = {
  'POST /desk/consultations/:id/comments/:comment/group': {
    at: grouped,
    page: comment,
    mine: { groupNumber: '1' },
    button: 'do=in',
    quicker: { button: 'do=out' },
    shows: ['还没有归并', '没有归并，自成一类'],
    again: '已并入这一组',
  },
  'POST /desk/consultations/:id/groups/search': 'a search that waits is one; the second finds it waiting',
  'POST /desk/consultations/:id/groups/suggestions/:search/:position': {
    at: 'closed',
    mine: { groupLabel: '我取的名称' },
    button: 'do=confirm',
    quicker: { button: 'do=aside' },
    shows: ['还没有归并'],
    keeps: 'words',
    again: null,
  },
  'POST /desk/consultations/:id/groups/:group/disposition': {
    at: grouped,
    page: group,
    mine: { outcome: 'notAdopted', reason: '我给这一组的理由。' },
    quicker: { typed: { outcome: 'outOfScope', reason: '同事给这一组的理由。' } },
    shows: ['还没有保存', '同事给这一组的理由。'],
    again: '已办理这一组的意见',
  },
  'POST /desk/consultations/:id/groups/:group/additions': [
    {
      at: received,
      page: group,
      mine: { addReceipt: ':receipt' },
      quicker: { page: comment, form: `${comment}/group`, button: 'do=out' },
      shows: ['还没有保存', /second：调整意见的归并/],
      again: '已并入这一组',
    },
    {
      at: apart,
      page: group,
      mine: { addReceipt: ':receipt' },
      quicker: emptied,
      shows: ['还没有保存', '这一组已经解散', /second：解散同类意见组/],
      keeps: 'words',
      again: null,
    },
  ],
  'POST /desk/consultations/:id/groups/:group/members': {
    at: grouped,
    page: group,
    mine: { member: ':comment' },
    button: 'do=out',
    quicker: { page: comment, form: `${comment}/group`, button: 'do=out' },
    shows: ['还没有保存', /second：调整意见的归并/],
    keeps: 'words',
    again: null,
  },
  'POST /desk/consultations/:id/groups/:group/dissolution': {
    at: grouped,
    page: group,
    mine: { dissolve: 'yes' },
    quicker: { page: comment, form: `${comment}/group`, button: 'do=out' },
    shows: ['还没有保存', /second：调整意见的归并/],
    again: '已解散这一组',
  },
};
