import { insertOfficer, officersOf } from '../../../src/db/officers.ts';
import { transaction } from '../../../src/db/session.ts';
import type { Place, World } from '../access/world.ts';
import type { Told } from './scenes.ts';

const own = 'an account has one officer, and what counts is what they said last';
const door = 'whoever is not signed in has nothing that two could edit';
const says = 'the form says what is to hold, not what is to change: the second finds it so';

/** Beside the administrator a deputy, and a colleague who leaves. */
async function administrators({ db, clock, officers, places }: World): Promise<Place> {
  const { agencyId = 0, passwordHash = null } = officers['administrator'] ?? {};
  const there = await officersOf(db, agencyId);
  for (const [login, role] of [
    ['deputy', 'administrator'],
    ['leaver', 'caseworker'],
  ] as const)
    if (!there.some((each) => each.login === login))
      await transaction(db, (trx) =>
        insertOfficer(trx, { agencyId, login, name: login, role, passwordHash }, clock()),
      );
  const leaver = (await officersOf(db, agencyId)).find(({ login }) => login === 'leaver');
  return { ...places.closed, officer: String(leaver?.id) };
}

const both = { at: administrators, by: ['administrator', 'deputy'] } as const;
const page = '/desk/officers/:officer';

/** Forms about officers and their agency. */
export const accountForms: Readonly<Record<string, Told>> = {
  'POST /desk/sign-in': door,
  'POST /desk/sign-in/code': door,
  'POST /desk/forgotten-password': door,
  'POST /desk/password/:token': door,
  'POST /desk/invitations/:token': door,
  'POST /desk/sign-out': own,
  'POST /desk/account/reminders': own,
  'POST /desk/account/sessions': own,
  'POST /desk/account/password': own,
  'POST /desk/account/email': own,
  'POST /desk/account/second-factor': own,
  'POST /desk/account/second-factor/start': own,
  'POST /desk/account/second-factor/change': own,
  'POST /desk/officers': 'it adds an officer; a login that was just taken is an error that keeps every word',
  'POST /desk/officers/second-factor': says,
  'POST /desk/officers/approval': says,
  'POST /desk/officers/:officer/link':
    'each makes a link of its own, and the page says that the last one counts',
  'POST /desk/departments':
    'it adds a department; a name that was just taken is an error that keeps every word',
  'POST /desk/departments/:department': [
    {
      ...both,
      mine: { departmentName: '我写的单位' },
      quicker: { typed: { departmentName: '同事写的单位' } },
      shows: ['还没有保存', '同事写的单位'],
      again: /已/,
    },
    {
      ...both,
      mine: { departmentName: '我又写的单位' },
      quicker: { button: 'do=end' },
      shows: ['还没有保存', '已停用'],
      keeps: 'words',
      again: null,
    },
  ],
  'POST /desk/officers/:officer/email': {
    ...both,
    page,
    mine: { email: 'mine@example.cn' },
    quicker: { typed: { email: 'theirs@example.cn' } },
    shows: ['还没有办理', 'theirs@example.cn'],
    again: /邮箱已/,
  },
  'POST /desk/officers/:officer/deeds': [
    {
      ...both,
      page,
      mine: { deed: 'disable' },
      quicker: {},
      shows: ['还没有办理', '已经停用'],
      keeps: 'nothing',
      again: null,
    },
  ],
};
