import t from 'tap';
import { captchaAnswer } from '../../src/db/captchas.ts';
import { about, written } from '../citizen.ts';
import { publish } from '../consultation.ts';
import { testPassword, testSite } from '../support.ts';
import { type App, visit } from '../visitor.ts';

/** A browser whose every request goes to another process than the one before. */
function visitInTurn(processes: readonly App[]) {
  let turn = 0;
  const asked: number[] = [];
  const inject: App['inject'] = (request) => {
    const at = turn % processes.length;
    turn += 1;
    asked.push(at);
    return (processes[at] as App).inject(request);
  };
  return { visitor: visit({ inject }), asked };
}

t.test('every step of a comment may go to another process: form token, captcha, receipt', async (t) => {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const { visitor, asked } = visitInTurn([site.app, await site.another()]);
  await visitor.get(`/consultations/${consultation.number}/comments/new?clause=art_3`);
  const words = Object.entries(written).map(([name, value]) => [`${name}-0`, value]);
  const check = await visitor.send('/comments', Object.fromEntries(words), 'do=check');
  const captcha = await captchaAnswer(site.db, check.field('captchaId') ?? '', site.clock());
  const receipt = await visitor.send('/comments', { ...about, captcha: captcha ?? '' }, 'do=send');
  t.match(receipt.text, /意见已收到.*建议写明检测项目/);
  t.same(asked, [0, 1, 0, 1], 'form, check, sending, receipt');
});

t.test('an officer is signed in on every process, and signed out of all', async (t) => {
  const site = await testSite(t);
  const { visitor } = visitInTurn([site.app, await site.another()]);
  await visitor.get('/desk/sign-in');
  const home = await visitor.send('/desk/sign-in', { login: 'caseworker', password: testPassword });
  t.match(home.text, '我的工作');
  t.equal((await visitor.get('/desk')).status, 200);
  await visitor.send('/sign-out');
  await visitor.get('/desk');
  t.match((await visitor.get('/desk')).address, '/desk/sign-in');
});
