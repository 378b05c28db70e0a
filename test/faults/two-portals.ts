import t from 'tap';
import { connections } from '../../src/mail/transport.ts';
import { serverUrl } from '../database.ts';
import { accountForForms, accountForLetters } from './account.ts';
import { seed } from './moment.ts';
import { setScene } from './scene.ts';

const kills = 6;

t.test(
  `of two portals on one database one is killed, ${kills} times; nobody notices (seed ${seed})`,
  async (t) => {
    const scene = await setScene(t, serverUrl, 600);
    const { load, moments, stage, box } = scene;
    let portals = [await scene.start(), await scene.start()];
    load.use(portals);
    for (let kill = 1; kill <= kills; kill++) {
      t.ok(await moments.next(), `kill ${kill} comes under load`);
      const [dying, other] = scene.random() < 0.5 ? portals : portals.toReversed();
      await dying?.kill();
      await moments.passed(moments.upTo(30), 'receipt');
      // While the next one starts, nobody sends: the forms are for the kills.
      load.use([]);
      portals = [await scene.start(), ...(other ? [other] : [])];
      load.use(portals);
    }
    const forms = await scene.end();
    await scene.finish(portals);
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
