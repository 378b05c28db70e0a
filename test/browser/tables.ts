import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import t, { type Test } from 'tap';
import { openZip } from '../../src/intake/zip.ts';
import { csvOf } from '../../src/web/exports/send.ts';
import type { Portions, Table } from '../../src/web/exports/table.ts';
import { workbookOf } from '../../src/web/exports/workbook.ts';

// As test/web/tables.test.ts reads workbooks back, this lets LibreOffice open them.

const rows = [
  [1, '=1+1', '=HYPERLINK("http://evil.example","点这里")'],
  [2, '+1', '-1'],
  [3, '@SUM(A1)', '\t=1'],
  [-4.5, '_x0041_', '007'],
  [5, '公示期\n太短，"建议"延长', '＝1+1'],
  [6, '𠮷㐂䶮 <b>&amp;</b>', '2026-03-01'],
  [7, '字'.repeat(32_767), ''],
] as const;

function table(name: string): Table {
  const columns = ['序号', '意见内容', '理由'].map((heading) => ({ heading, width: 20 }));
  const portions = async function* (): Portions {
    yield rows.slice(0, 3);
    yield rows.slice(3);
  };
  return { name, columns, portions: portions() };
}

t.test('LibreOffice opens a workbook, reads every cell as it was written, and calculates none', async (t) => {
  const folder = folderOf(t);
  const file = path.join(folder, 'table.xlsx');
  writeFileSync(file, await gathered(workbookOf([table('意见采纳情况汇总表'), table('合计')])));
  // Every sheet, UTF-8, cells as they are stored.
  const read = convert(
    folder,
    file,
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1',
  );
  for (const sheet of ['意见采纳情况汇总表', '合计']) {
    const [, ...found] = parse(readFileSync(read(`table-${sheet}.csv`), 'utf8')) as string[][];
    t.same(
      found,
      rows.map((row) => row.map(String)),
      sheet,
    );
  }
});

t.test('its head is printed on each page, its columns can be filtered, and its texts wrap', async (t) => {
  const folder = folderOf(t);
  const file = path.join(folder, 'table.xlsx');
  writeFileSync(file, await gathered(workbookOf([table('汇总表')])));
  const again = path.join(folder, 'again');
  const saved = convert(again, file, 'xlsx')('table.xlsx');
  const zip = await openZip(readFileSync(saved));
  const part = async (name: string) => String(await gathered(zip.read(name)));
  const sheet = await part('xl/worksheets/sheet1.xml');
  t.ok((await part('xl/workbook.xml')).includes('汇总表!$1:$1'), 'the head');
  t.ok(sheet.includes('<autoFilter ref="A1:C8"'), 'the filter');
  t.ok(/orientation="landscape"/.test(sheet), 'across the paper');
  t.notOk(/<f[ >]/.test(sheet), 'no formula');
  t.ok((await part('xl/styles.xml')).includes('wrapText="true"'), 'wrapped');
});

t.test('LibreOffice reads the CSV as a spreadsheet does, and calculates none of it', async (t) => {
  const folder = folderOf(t);
  const file = path.join(folder, 'table.csv');
  writeFileSync(file, await gathered(csvOf(table('一'))));
  const flat = readFileSync(convert(folder, file, 'fods', [asText])('table.fods'), 'utf8');
  t.notOk(flat.includes('table:formula'));
  t.ok(flat.includes('公示期'));
  t.ok(flat.includes('office:value="-4.5"'), 'a number is a number');
});

// Who opens a file by hand is asked, and told UTF-8 by its mark; here nobody is there to be asked.
const asText = '--infilter=CSV:44,34,76,1';

function folderOf(t: Test): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-tables-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function convert(
  folder: string,
  file: string,
  to: string,
  options: readonly string[] = [],
): (name: string) => string {
  const profile = `-env:UserInstallation=file://${path.join(os.tmpdir(), 'jianyan-office-profile')}`;
  execFileSync('soffice', [profile, '--headless', ...options, '--convert-to', to, '--outdir', folder, file], {
    stdio: 'ignore',
  });
  return (name) => path.join(folder, name);
}

async function gathered(pieces: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}
