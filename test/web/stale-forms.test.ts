import t from 'tap';
import { routes } from './access/routes.ts';
import { world } from './access/world.ts';
import { accountForms } from './stale/accounts.ts';
import { answerForms } from './stale/answering.ts';
import { draftForms } from './stale/drafting.ts';
import { groupForms } from './stale/groups.ts';
import { receivedForms } from './stale/received.ts';
import { play, type Told } from './stale/scenes.ts';

const table: Readonly<Record<string, Told>> = {
  ...accountForms,
  ...draftForms,
  ...receivedForms,
  ...groupForms,
  ...answerForms,
};

t.test('of two officers at one form the second is told, sees both texts and loses nothing', async (t) => {
  const it = await world(t);
  await it.another(); // which names its routes
  const forms = [...routes].filter((route) => route.startsWith('POST /desk'));
  for (const route of forms)
    t.ok(Object.hasOwn(table, route), `test/web/stale/ says what two officers meet at ${route}`);
  for (const [route, told] of Object.entries(table)) {
    t.ok(routes.has(route), `there is a route ${route}; else take its row away`);
    if (typeof told === 'string') continue;
    for (const [nr, scene] of [told].flat().entries())
      await t.test(`${route} ${nr + 1}`, (t) => play(t, it, route, scene));
  }
});
