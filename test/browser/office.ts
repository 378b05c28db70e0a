import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import t, { type Test } from 'tap';
import type { Block } from '../../src/domain/outline.ts';
import { readPaste } from '../../src/domain/parse/paste.ts';
import { readFile } from '../../src/intake/read.ts';
import { numberedSample } from '../intake/docx-sample.ts';
import { openWindow } from './chromium.ts';
import { officeDraft } from './office-draft.ts';

const long =
  '为了加强河道保洁管理，改善河道环境，保障行洪排涝安全，保障行洪排涝安全，保障行洪排涝安全，保障行洪排涝安全，制定本办法。';
const outline = [
  ['title', '', '清源县河道保洁办法'],
  ['chapter', '第一章', '总则'],
  ['article', '第一条', long],
  ['article', '第二条', '保洁单位应当做到：'],
  ['subparagraph', '（一）', '每日巡查一次；'],
  ['subparagraph', '（二）', `${'及时打捞水面漂浮物，'.repeat(5)}不得在岸边堆放过夜。`],
  ['chapter', '第二章', '附则'],
  ['article', '第三条', '本办法自2027年1月1日起施行。'],
];
const rows = [
  ['序号', '河道', '责任单位'],
  ['1', '清河', '城关镇'],
];

t.test('one draft gives one outline, whether an office saves it as Word, as a page or as PDF', async (t) => {
  const folder = folderFor(t);
  writeFileSync(path.join(folder, 'draft.fodt'), officeDraft());
  for (const [kind, filter] of [
    ['html', 'html:XHTML Writer File:UTF8'],
    ['pdf', 'pdf'],
    ['docx', 'docx'],
  ] as const) {
    convert(folder, 'draft.fodt', filter);
    const blocks = await blocksOf(readFileSync(path.join(folder, `draft.${kind}`)), `draft.${kind}`);
    const annex = blocks.findIndex((block) => block.kind === 'annex');
    t.same(blocks.slice(0, annex).map(essence), outline, kind);
    // A PDF knows no cells, only where words stand.
    if (kind === 'pdf') t.match(wordsOf(blocks.slice(annex)), /序号 河道 责任单位\n+1 清河 城关镇/);
    else t.same(blocks.find((block) => block.kind === 'table')?.rows, rows, kind);
  }
});

t.test('what LibreOffice saves as a Word file reads as what Word saved', async (t) => {
  const folder = folderFor(t);
  const sample = await numberedSample();
  writeFileSync(path.join(folder, 'word.docx'), sample);
  convert(folder, 'word.docx', 'odt');
  mkdirSync(path.join(folder, 'again'));
  convert(folder, 'word.odt', 'docx:MS Word 2007 XML', 'again');
  t.equal(
    await textOf(readFileSync(path.join(folder, 'again/word.docx')), 'a.docx'),
    await textOf(sample, 'a.docx'),
  );
});

t.test('a page printed to PDF by a browser gives the outline of the page', async (t) => {
  const page = await (await openWindow(t)).newPage();
  const html = pageOf(outline);
  await page.setContent(html);
  const printed = await page.pdf({
    format: 'A4',
    margin: { top: '37mm', bottom: '35mm', left: '28mm', right: '26mm' },
  });
  t.same((await blocksOf(Buffer.from(html), 'a.html')).map(essence), outline);
  t.same((await blocksOf(printed, 'a.pdf')).map(essence), outline);
});

function folderFor(t: Test): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-office-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function convert(folder: string, file: string, filter: string, into = ''): void {
  // A profile of its own: another office that is open would take the work over.
  const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
  const to = ['--convert-to', filter, '--outdir', path.join(folder, into)];
  execFileSync('soffice', [profile, '--headless', ...to, path.join(folder, file)], { stdio: 'ignore' });
}

async function blocksOf(bytes: Uint8Array, name: string): Promise<readonly Block[]> {
  return readPaste(await textOf(bytes, name)).draft.blocks;
}

async function textOf(bytes: Uint8Array, name: string): Promise<string> {
  const result = await readFile(bytes, name);
  if (!('text' in result)) throw new Error(`${name}: ${result.refusal}`);
  return result.text;
}

function essence({ kind, level, label, heading, text }: Block): string[] {
  return [level ?? kind, label, heading || text];
}

function wordsOf(blocks: readonly Block[]): string {
  return blocks.flatMap(({ label, heading, text }) => [label, heading, text]).join('\n');
}

function pageOf(rows: readonly (readonly string[])[]): string {
  const styles =
    'p { text-indent: 2em; margin: 0; font: 16pt/28pt "Noto Serif CJK SC" } h1, h2 { text-align: center }';
  const body = rows.map(([kind, label, text]) => {
    const tag = kind === 'title' ? 'h1' : kind === 'chapter' ? 'h2' : 'p';
    return `<${tag}>${label}${label?.startsWith('第') ? '　' : ''}${text}</${tag}>`;
  });
  return `<!doctype html><meta charset="utf-8"><style>${styles}</style>${body.join('\n')}`;
}
