import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Day, officialDay } from '../src/domain/shanghai.ts';
import { root } from '../src/root.ts';

const wantedBytes = 60_000;
const digits = '零一二三四五六七八九';

/** An announcement, open until the end of a day, with a draft of about 60 KB of text: the articles of all sample texts, numbered through. */
export function longSource(lastDay: Day): string {
  const lines = sampleLines();
  const draft: string[] = [];
  let bytes = 0;
  let articles = 0;
  for (const line of lines) {
    if (bytes > wantedBytes) break;
    const text = line.replace(/^第[一二三四五六七八九十百]+条/, () => `第${numeral(++articles)}条`);
    draft.push(text);
    bytes += Buffer.byteLength(text);
  }
  return [
    ...announcement(officialDay(lastDay)),
    '草案内容',
    '清源县社区事务综合管理办法',
    '（征求意见稿）',
    ...draft,
  ].join('\n');
}

const announcement = (lastDay: string) => [
  '关于公开征求《清源县社区事务综合管理办法（征求意见稿）》意见的公告',
  '公告内容',
  '各有关单位和个人：',
  `为规范社区事务管理，县政府办起草了《清源县社区事务综合管理办法（征求意见稿）》，现向社会公开征求意见，请于${lastDay}前反馈。`,
  '电子邮箱：qyzfb@example.cn',
  '联系人：陆明谦',
  '电话：0600-5550101',
  '清源县人民政府办公室',
  '2026年1月1日',
];

function sampleLines(): string[] {
  const folder = path.join(root, 'src/sample/texts');
  const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  const drafts = texts.map((name) => readFileSync(path.join(folder, name), 'utf8').split('\n'));
  const articles = drafts.flatMap((lines) => lines.slice(lines.indexOf('草案内容') + 3));
  const kept = articles.filter(
    (line) => line !== '' && !/^第.+[章节]|^附件|^附：|^[一二三四五六七八九十]+、/.test(line),
  );
  return [...kept, ...kept];
}

function numeral(value: number): string {
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const upper = hundreds > 0 ? `${digits[hundreds]}百` : '';
  const middle = tens > 0 ? `${tens > 1 || hundreds > 0 ? digits[tens] : ''}十` : upper && ones ? '零' : '';
  return upper + middle + (ones > 0 ? digits[ones] : '');
}
