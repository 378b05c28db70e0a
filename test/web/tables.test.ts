import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readExcelFile from 'read-excel-file/node';
import t from 'tap';
import type { Cell } from '../../src/domain/summary-table.ts';
import { openZip } from '../../src/intake/zip.ts';
import { csvOf } from '../../src/web/exports/send.ts';
import { longestPiece, type Portions, type Table, withinCells } from '../../src/web/exports/table.ts';
import { workbookOf } from '../../src/web/exports/workbook.ts';

type Row = readonly Cell[];

async function* portions(...all: readonly (readonly Row[])[]): Portions {
  yield* all;
}

function tableOf(rows: Portions, columns: number, name = '一张表'): Table {
  const headings = Array.from({ length: columns }, (_, column) => ({ heading: `列${column}`, width: 10 }));
  return { name, columns: headings, portions: rows };
}

async function gathered(pieces: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}

const starts = [
  '=1+1',
  '+1',
  '-1',
  '@x',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  "'",
  '_x000D_',
  '\u0001',
  '𠮷䶮',
  ']]>',
];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.constantFrom(...starts), fc.string({ unit: 'grapheme' })).map((parts) => parts.join('')),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const grid = fc
  .integer({ min: 1, max: 30 })
  .chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 6 }));

t.test('whatever stands in a table, a workbook is read back as it was written', async (t) => {
  await fc.assert(
    fc.asyncProperty(grid, async (rows) => {
      const columns = rows[0]?.length ?? 1;
      const bytes = await gathered(workbookOf([tableOf(portions(rows.slice(0, 2), rows.slice(2)), columns)]));
      const [sheet] = await readExcelFile(bytes, { trim: false });
      const read = sheet?.data.slice(1) ?? [];
      const cells = (row: readonly unknown[]) =>
        Array.from({ length: columns }, (_, column) => {
          const each = row[column] ?? '';
          return typeof each === 'string' ? each.toWellFormed() : Object.is(each, -0) ? 0 : each;
        });
      t.same(
        Array.from(rows, (_, index) => cells(read[index] ?? [])),
        rows.map(cells),
      );
    }),
    { numRuns: 60 },
  );
});

t.test('a sheet’s head stays in view, and its columns can be filtered', async (t) => {
  const bytes = await gathered(workbookOf([tableOf(portions([['一', 1]], [['二', 2]]), 2)]));
  const xml = String(await gathered((await openZip(bytes)).read('xl/worksheets/sheet1.xml')));
  t.match(xml, /<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/);
  t.match(xml, /<autoFilter ref="A1:B3"\/>/);
  t.match(xml, '<c r="A2" s="2" t="inlineStr">', 'text');
  t.match(xml, '<c r="B2" s="3"><v>1</v>', 'a number');
});

t.test('in CSV every text stays text and every number a number', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 5 }), async (row) => {
      const file = (await gathered(csvOf(tableOf(portions([row]), row.length)))).toString();
      t.ok(file.startsWith('\ufeff'));
      const [, read = []] = parse(file, { bom: true }) as string[][];
      for (const [column, each] of row.entries()) {
        const found = read[column] ?? '';
        if (typeof each === 'number') t.equal(Number(found), each);
        else {
          t.notMatch(found, /^[=+\-@\t\r\n＝＋－＠]/);
          t.ok([each, `'${each}`].map((any) => any.toWellFormed()).includes(found));
        }
      }
    }),
    { numRuns: 60 },
  );
});

t.test(
  'a long text is cut into cells that a spreadsheet holds, and is whole again when they are joined',
  async (t) => {
    const long = fc
      .tuple(fc.constantFrom('字', '𠮷', 'a𠮷', '='), fc.integer({ min: 0, max: 3 * longestPiece }))
      .map(([part, length]) => part.repeat(length).slice(0, length).toWellFormed());
    const continued = { below: '↓', above: '↑' };
    await fc.assert(
      fc.asyncProperty(fc.nat(9), long, long, async (number, one, other) => {
        const rows: Row[] = [];
        for await (const some of withinCells(portions([[number, one, other, 7]]), continued))
          rows.push(...some);
        const joined = (column: number) =>
          rows
            .map((row) => row[column])
            .join('')
            .replaceAll('↓↑', '');
        t.same([joined(1), joined(2)], [one, other]);
        t.ok(rows.every((row) => row[0] === number));
        t.same(
          rows.map((row) => row[3]).filter((each) => each !== ''),
          [7],
          'no number stands twice',
        );
        for (const each of rows.flat())
          if (typeof each === 'string') {
            t.ok(each.length <= 32_767);
            t.ok(each.isWellFormed(), 'no character is cut in two');
          }
      }),
      { numRuns: 30 },
    );
  },
);

t.test('nothing is read ahead of the reader, and a reader who goes away ends the reading', async (t) => {
  for (const made of [workbookOf, ([table]: readonly [Table]) => csvOf(table)]) {
    let [read, isClosed] = [0, false];
    const endless = async function* (): Portions {
      try {
        for (;;) {
          read += 1;
          // Text that hardly gets smaller.
          yield Array.from({ length: 100 }, (_, index) => [
            fc.sample(fc.string({ minLength: 90 }), 1)[0] ?? '',
            read,
            index,
          ]);
        }
      } finally {
        isClosed = true;
      }
    };
    const stream = Readable.from(made([tableOf(endless(), 3)]), { objectMode: false });
    await new Promise((resolve) => stream.once('readable', resolve));
    const first = stream.read() as Buffer;
    t.ok(first.length > 0);
    await new Promise((resolve) => setImmediate(resolve));
    t.ok(read < 200, `${read} portions for one piece`);
    stream.destroy();
    while (!isClosed) await new Promise((resolve) => setImmediate(resolve));
    t.ok(isClosed);
  }
});

t.test('a table that cannot be read to its end breaks the file off', async (t) => {
  const broken = async function* (): Portions {
    yield [['一']];
    throw new Error('the database went away');
  };
  await t.rejects(gathered(workbookOf([tableOf(broken(), 1)])), /went away/);
  await t.rejects(gathered(csvOf(tableOf(broken(), 1))), /went away/);
});
