import { sql } from 'kysely';
import { parse } from 'node-html-parser';
import t from 'tap';
import { signIn } from '../../bench/desk.ts';
import { afterClosing, fillDesk } from '../../bench/desk-stored.ts';
import type { Db } from '../../src/db/session.ts';
import { serverUrl } from '../database.ts';
import { randomOf, seed } from './moment.ts';
import { faultStage, startShort } from './scene.ts';

const kills = serverUrl ? 4 : 2;
const comments = 2_000;
// So many answers of a file that needs no database go by before the kill, at most.
const longest = 60;

t.test(
  `of ${kills} kill -9 in the middle of a deed on ${comments} comments each leaves all of it or nothing (seed ${seed})`,
  async (t) => {
    const stage = await faultStage(t, serverUrl);
    const { consultationId } = await stage.withDb((db) => fillDesk(db, comments));
    const settings = { ...stage.settings, CLOCK: afterClosing().toISOString() };
    const address = `/desk/consultations/${consultationId}/comments/together`;
    const random = randomOf();
    const found = { all: 0, nothing: 0 };
    for (let kill = 1; kill <= kills; kill++) {
      const dying = await startShort(settings);
      const base = `http://127.0.0.1:${dying.port}`;
      const cookie = await signIn(base);
      const body = formIn(await (await fetch(base + address, { headers: { cookie } })).text(), kill);
      const press = (on: string) => send(on + address, cookie, body);
      const pressed = press(base).catch(() => 0);
      for (let answers = Math.ceil(random() * longest); answers > 0; answers--)
        await (await fetch(`${base}/static/style.css`)).arrayBuffer();
      await dying.kill();
      await pressed;
      const left = await stage.withDb(batches);
      t.ok(left.length === kill || left.length === kill - 1, `kill ${kill}`);
      found[left.length === kill ? 'all' : 'nothing'] += 1;
      const portal = await startShort(settings);
      t.equal(await press(`http://127.0.0.1:${portal.port}`), 303, 'the form is sent again, and answered');
      await portal.stop();
      const whole = await stage.withDb(batches);
      t.equal(whole.length, kill, 'done once');
      t.same(
        whole.filter(({ size, stored }) => size !== stored || size === 0),
        [],
        'and no half of it',
      );
    }
    t.comment(found);
  },
);

// With another reason each time: what was done before is replaced.
function formIn(html: string, kill: number): string {
  const page = parse(html);
  const hidden = page.querySelectorAll('main form[action$=together] input[type=hidden]');
  const fields = hidden.map((field) => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? '']);
  const typed = { existing: 'replace', outcome: 'notAdopted', reason: `第${kill}次写明的理由` };
  return new URLSearchParams({ ...Object.fromEntries(fields), ...typed }).toString();
}

async function send(address: string, cookie: string, body: string): Promise<number> {
  const headers = {
    ...{ cookie, 'sec-fetch-site': 'same-origin' },
    'content-type': 'application/x-www-form-urlencoded',
  };
  const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'manual' });
  return answer.status;
}

async function batches(db: Db): Promise<readonly { size: number; stored: number }[]> {
  const { rows } = await sql<{ size: number; stored: number }>`
    select b.size::int as size, (select count(*)::int from dispositions where batch_id = b.id) as stored
    from disposition_batches b`.execute(db);
  return rows;
}
