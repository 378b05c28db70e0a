import t from 'tap';
import { connections } from '../../src/mail/transport.ts';
import { serverUrl } from '../database.ts';
import { accountForForms, accountForLetters } from './account.ts';
import { seed } from './moment.ts';
import { setScene } from './scene.ts';

// The embedded database is killed twenty times by test/db/crash.test.ts; here it is the portal around it.
const kills = serverUrl ? 20 : 6;

t.test(
  `of ${kills} kill -9 of the portal none loses or doubles what it acknowledged (seed ${seed})`,
  async (t) => {
    const scene = await setScene(t, serverUrl, 1_200);
    const { load, moments, stage, box } = scene;
    for (let kill = 1; kill <= kills; kill++) {
      const portal = await scene.start();
      load.use([portal]);
      t.ok(await moments.next(), `kill ${kill} comes under load`);
      await portal.kill();
    }
    const portal = await scene.start();
    load.use([portal]);
    const forms = await scene.end();
    await scene.finish([portal]);
    t.comment(load.answers);
    await stage.withDb(async (db) => {
      await accountForForms(t, db, forms, load);
      const twice = await accountForLetters(t, db, forms, box);
      t.ok(
        twice <= kills * connections,
        `${twice} letters twice: those between sending and noting at a kill`,
      );
    });
  },
);
