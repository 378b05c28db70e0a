import t from 'tap';
import { deskComments } from '../../src/db/comments.ts';
import { close, form, publish, submit } from '../consultation.ts';
import { testSite } from '../support.ts';

type T = Parameters<typeof testSite>[0];

async function open(t: T) {
  const site = await testSite(t);
  const officer = site.officers['caseworker'];
  if (!officer) throw new Error('no caseworker');
  const consultation = await publish(site.db, officer, site.clock());
  for (let sent = 0; sent < 2; sent += 1)
    await submit(
      site.db,
      await form(site.db, consultation.number, site.clock(), { clause: 'art_3' }),
      site.clock(),
    );
  await close(site.db, consultation);
  site.clock.set('2026-04-12T10:00:00+08:00');
  const desk = await site.signIn('caseworker');
  const comments = () => deskComments(site.db, consultation.id);
  return { ...site, desk, comments, list: `/desk/consultations/${consultation.id}/comments` };
}

const provided = {
  templateName: '上位法已有规定',
  templateOutcome: 'alreadyProvided',
  templateText: '{条款}的事项，上位法已经规定，本办法不再重复。',
};

t.test('a reply is kept, put into one disposition and into many, and names the clause of each', async (t) => {
  const { desk, comments, list } = await open(t);
  t.match((await desk.get('/desk/templates')).text, /还没有常用答复/);
  const wrong = await desk.send('/templates', { ...provided, templateText: '' });
  t.equal(wrong.status, 422);
  t.equal(wrong.field('templateName'), provided.templateName);
  await desk.send('/templates', provided);
  t.match(desk.page().text, /常用答复已保存[\s\S]*上位法已有规定/);
  const twice = await desk.send('/templates', provided);
  t.match([twice.status, twice.text], [422, /已有一条叫这个名称/]);

  const [one] = await comments();
  const id = one?.id ?? 0;
  await desk.get(list);
  const filled = await desk.send(
    `/comments/${id}/disposition`,
    { [`reason-${id}`]: '谢谢。' },
    'do=template',
  );
  t.equal(filled.status, 200);
  t.match(filled.field(`reason-${id}`)?.trim(), /^谢谢。\n\{条款\}的事项/, 'what was typed stays');
  t.same(
    (await comments()).map(({ outcome }) => outcome),
    [null, null],
    'nothing is stored by filling in',
  );
  await desk.send(`/comments/${id}/disposition`);
  t.match(
    (await comments()).find((each) => each.id === id),
    { outcome: 'alreadyProvided', reason: /^谢谢。\n第三条的事项/ },
  );

  await desk.get(`${list}/together?disposition=undisposed`);
  const together = await desk.send('/comments/together', {}, 'do=template');
  t.match(together.field('reason'), /\{条款\}的事项/);
  await desk.send('/comments/together');
  t.same(
    (await comments()).map(({ outcome }) => outcome),
    ['alreadyProvided', 'alreadyProvided'],
  );
});

t.test('of two who change a reply the second sees both texts; another agency finds none', async (t) => {
  const { desk, signIn } = await open(t);
  await desk.get('/desk/templates');
  await desk.send('/templates', provided);
  const to =
    desk.page().document.querySelector('main a[href*="/desk/templates/"]')?.getAttribute('href') ?? '';
  const second = await signIn('second');
  await second.get(to);
  await desk.get(to);
  await desk.send(to.replace('/desk', ''), { templateText: '上位法已有规定，不再重复。' });
  const stale = await second.send(to.replace('/desk', ''), { templateText: '另一种说法。' });
  t.match([stale.status, stale.text], [409, /还没有保存[\s\S]*上位法已有规定，不再重复。/]);
  t.equal(stale.field('templateText')?.trim(), '另一种说法。');
  t.equal((await (await signIn('other')).get(to)).status, 404);
  await second.send(to.replace('/desk', ''), {}, 'do=remove');
  t.match(second.page().text, /常用答复已删除[\s\S]*还没有常用答复/);
});
