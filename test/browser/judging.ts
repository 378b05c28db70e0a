import t from 'tap';
import { findings } from './axe.ts';
import { openWindow } from './chromium.ts';

// Grey on white, 3.5 to 1: enough for large type alone.
const grey = '#8a8a8a';
const pageOf = (
  wide: number,
  narrow: number,
  colour = grey,
) => `<!doctype html><html lang="zh-Hans"><title>页</title>
  <style>h1 { color: ${colour}; font: ${wide}px serif } @media (max-width: 400px) { h1 { font-size: ${narrow}px } }</style>
  <main><h1>标题</h1></main></html>`;

t.test('what was judged at one width is judged at another where it may be worse there', async (t) => {
  const page = await (await openWindow(t)).newPage();
  const at = async (width: number) => {
    await page.setViewportSize({ width, height: 900 });
    return (await findings(page)).map((finding) => finding.split(':')[0]);
  };
  await page.setContent(pageOf(30, 20));
  t.same(await at(1280), [], 'large');
  t.same(await at(360), ['color-contrast'], 'smaller');
  t.same(await at(1280), []);
  await page.setContent(pageOf(20, 30));
  t.same(await at(360), []);
  t.same(await at(1280), ['color-contrast'], 'the other way round');
  await page.setContent(pageOf(30, 20, '#595959'));
  t.same([await at(1280), await at(360)], [[], []]);
  await page.setContent(pageOf(30, 20, '#bbb'));
  t.same([await at(1280), await at(360)], [['color-contrast'], ['color-contrast']], 'another colour');
});
