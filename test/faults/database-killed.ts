import t from 'tap';
import { accountForForms, accountForLetters, allNoted } from './account.ts';
import { seed } from './moment.ts';
import { deaths, makePostgresql } from './postgresql.ts';
import { setScene } from './scene.ts';

const kills = 20;

t.test(
  `the portal outlives ${kills} deaths of its database, and loses and doubles nothing (seed ${seed})`,
  async (t) => {
    const server = await makePostgresql();
    t.teardown(() => server.remove());
    const scene = await setScene(t, server.url, 1_500);
    const { load, moments, stage, box } = scene;
    const portal = await scene.start();
    load.use([portal]);
    for (let kill = 1; kill <= kills; kill++) {
      t.ok(await moments.next(), `death ${kill} comes under load`);
      const how = deaths[moments.upTo(deaths.length) - 1] ?? 'immediate';
      await server.die(how);
      // After the death of a backend the server comes back by itself, perhaps before anybody fails.
      if (how !== 'backend') await moments.passed(moments.upTo(30), 'failure');
      await server.revive();
      await moments.passed(1, 'receipt');
    }
    const forms = await scene.end();
    t.ok(portal.isRunning(), 'the same process all the time');
    t.ok((load.answers['500'] ?? 0) > 0, 'while the database was down, pages kept what was typed');
    t.equal(load.answers['lost'] ?? 0, 0, 'and every request was answered');
    t.comment(load.answers);
    await stage.withDb((db) => allNoted(db, box));
    await scene.finish([portal]);
    await stage.withDb(async (db) => {
      await accountForForms(t, db, forms, load);
      t.equal(await accountForLetters(t, db, forms, box), 0, 'no letter arrived twice');
    });
  },
);
