import { chineseNumeral } from '../src/domain/numerals.ts';
import { readPaste } from '../src/domain/parse/paste.ts';
import { type Figure, median, ratiosOf } from './figures.ts';

const pairs = 3;

/** So often the code is read before it is measured, as in a server that has been up for a while. */
const warming = 10;
const hostileCharacters = 10_000_000;

/** One regular expression that asks of a line whether it begins like an article or an entry of a list. */
const bareLabel =
  /^(?:第[一二三四五六七八九十百千零\d]+条|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)/;

/**
 * How fast the parser reads a code of 1,260 articles, long ordinary text and hostile text, each against splitting
 * the same text into lines and testing one regular expression on each, in turn.
 */
export function measureParser(): Figure[] {
  const code = codeOf(1260);
  const megabytes = code.repeat(Math.ceil(3_000_000 / code.length));
  for (let round = 0; round < warming; round += 1) readPaste(code);
  return [
    figureOf('parser, a code of 1,260 articles', code),
    figureOf(`parser, ${millions(megabytes)} of articles`, megabytes),
    ...Object.entries(hostile).map(([name, line]) =>
      figureOf(`parser, hostile: ${name}`, line.repeat(Math.ceil(hostileCharacters / line.length))),
    ),
  ];
}

const hostile: Readonly<Record<string, string>> = {
  'nested brackets': `${'（'.repeat(1000)}\n`,
  'endless digits': '1',
  '第 without 条': '第一百',
  'one line': '护林员应当巡山，',
  'lines of one character': '甲\n',
  'lists of one entry': '（一）甲；\n',
  'tables of one cell': '| 甲 |\n\n',
};

function figureOf(name: string, text: string): Figure {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    ours.push(milliseconds(() => readPaste(text)));
    bare.push(milliseconds(() => bareLabels(text)));
  }
  const speed = text.length / 1000 / median(ours);
  const note = `${millions(text)}: ${speed.toFixed(1)} million characters/s`;
  return {
    name,
    ratios: ratiosOf(ours, bare),
    legs: { parser: ours, 'lines and one expression': bare },
    unit: 'ms',
    note,
  };
}

function bareLabels(text: string): number {
  let labels = 0;
  for (const line of text.split('\n')) if (bareLabel.test(line)) labels += 1;
  return labels;
}

/** Processor time, which other work on the machine lengthens less than the time on the clock. */
function milliseconds(work: () => unknown): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function millions(text: string): string {
  return `${(text.length / 1_000_000).toFixed(2)} million characters`;
}

/** A code in chapters of 30 articles, every third with a list: about 90 characters an article. */
function codeOf(articles: number): string {
  const lines = ['护林法典'];
  for (let index = 0; index < articles; index += 1) {
    if (index % 30 === 0) lines.push(`第${chineseNumeral(index / 30 + 1)}章　${duty.slice(0, 6)}`);
    lines.push(`第${chineseNumeral(index + 1)}条　${duty}`);
    if (index % 3 === 0) lines.push('有下列情形之一的，应当报告：', ...entries);
    else lines.push(duty);
  }
  return lines.join('\n');
}

const duty = '护林员应当每日巡查责任区，记录所见火情、虫情和砍伐情形，并在当日向林业站报告。';
const entries = [
  '（一）发现火情、烟雾或者野外用火的；',
  '（二）发现树木被盗伐、滥伐的；',
  '（三）其他应当报告的情形。',
];
