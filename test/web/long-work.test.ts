import t from 'tap';
import { close, form, publish, submit } from '../consultation.ts';
import { multiplied } from '../submitted.ts';
import { testSite } from '../support.ts';
import { tallied } from '../tallied.ts';

t.test(
  'a form for very many comments says before it is sent how long that takes, and so does a table',
  async (t) => {
    const { db, clock, officers, signIn } = await testSite(t);
    const caseworker = officers['caseworker'];
    if (!caseworker) throw new Error('no caseworker');
    const consultation = await publish(db, caseworker, clock());
    await submit(db, await form(db, consultation.number, clock()), clock());
    const one = await db.selectFrom('comments').select('id').executeTakeFirstOrThrow();
    await multiplied(db, one.id, 19_999);
    await close(db, consultation);
    clock.set(consultation.closesAt);
    await tallied(db);
    const [desk, approver] = [await signIn('caseworker'), await signIn('approver')];
    const at = `/desk/consultations/${consultation.id}`;
    const said = /大约需要2秒，系统忙的时候更久。要么全部办成，要么一条也不变/;
    for (const deed of ['together', 'screen-together', 'assignment'])
      t.match((await desk.get(`${at}/comments/${deed}`)).text, said, deed);
    t.notMatch((await desk.get(`${at}/comments/together?chosen=${one.id}`)).text, '大约需要', 'of one');
    t.match((await approver.get(`${at}/exports`)).text, '大约需要4秒');
  },
);
