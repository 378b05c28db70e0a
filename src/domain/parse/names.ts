import type { AnnouncementField, FoundField } from '../announcement.ts';
import { momentsIn } from './dates.ts';
import { folded } from './fold.ts';
import { isDateLine, isTitleLine } from './front.ts';
import type { Line } from './lines.ts';

type NameField = Extract<AnnouncementField, 'title' | 'agencyName' | 'agencyShort' | 'purpose' | 'draftName'>;
type Names = { [field in NameField]?: FoundField | null };

const titleEnd =
  /(?:公告|通知|公示|启事|啟事|通告|函|征集|(?:意|建)[见見议議])(?:[（(][^（()）]{0,40}[)）])?$/;
const titleWord = /[征徵]求|[征徵]集|[征徵][询詢]|公示|听取|聽取|草案/;
const agencyEnd = /(?:政府|[委员員]会|委|办公[室厅]|办|局|厅|部|院|处|署|中心|街道办事处|大队|公司|厅|会)$/;
const drafted = /(?:起草|制定|编制|拟定|草拟|研究|形成|现将|现就|修订|拟订|结合)/;
const version = /[(（][^()（）]*(?:稿|草案|试行|审议|修订)[^()（）]*[)）]/;

/** Title, agency, purpose and the draft's name, as far as the lines of an announcement state them. */
export function namesOf(lines: readonly Line[]): Names {
  const title = titleOf(lines);
  const agencyName = agencyOf(lines, title);
  const body = lines.filter((line) => line.text.length < 4000 && line.text !== title?.value);
  return {
    title,
    agencyName,
    agencyShort: firstMatch(body, (text) => shortName(text)),
    purpose: firstMatch(body, purposeOf),
    draftName: draftNameOf(title, body),
  };
}

/** The first line that is a title, with the next one when its 《 is still open. */
function titleOf(lines: readonly Line[]): FoundField | null {
  for (const [index, line] of lines.slice(0, 10).entries()) {
    const next = lines[index + 1];
    const open = line.text.lastIndexOf('《') > line.text.lastIndexOf('》');
    const value = open && next ? `${line.text}${next.text}` : line.text;
    if (
      value.length < 160 &&
      titleEnd.test(value) &&
      titleWord.test(value) &&
      !/[，。；]/.test(value.slice(0, 20))
    )
      return { value, words: value, line: line.number };
  }
  return null;
}

/** The signature above the date, on the line of the date, or the agency the title begins with. */
function agencyOf(lines: readonly Line[], title: FoundField | null): FoundField | null {
  const date = lines.findLastIndex((line) => isDateLine(line.text));
  const signed = date > 0 ? signatureAbove(lines, date) : null;
  return (
    signed ??
    signedWithDate(lines) ??
    agencyInHead(lines) ??
    agencyInTitle(title) ??
    lastLine(lines) ??
    agencyWrittenTo(lines)
  );
}

function signatureAbove(lines: readonly Line[], date: number): FoundField | null {
  let start = date;
  while (start > 0 && date - start < 4 && isAgencyLine(lines[start - 1]?.text ?? '', start === date))
    start -= 1;
  const line = lines[start];
  if (!line || start === date) return null;
  const value = lines
    .slice(start, date)
    .map(({ text }) => text)
    .join('');
  return { value, words: value, line: line.number };
}

function isAgencyLine(text: string, last: boolean): boolean {
  const joint = !last && text.endsWith('、');
  return (
    text.length <= 60 &&
    ((isTitleLine(text) && agencyEnd.test(folded(text)) && !/^附|[：:]/.test(text)) || joint)
  );
}

function signedWithDate(lines: readonly Line[]): FoundField | null {
  const line = lines.findLast(
    ({ text }) => text.length < 60 && momentsIn(text).length === 1 && /日$/.test(text),
  );
  const name = line?.text.slice(0, momentsIn(line.text)[0]?.start).trim() ?? '';
  return line && agencyEnd.test(name) ? { value: name, words: line.text, line: line.number } : null;
}

function agencyInHead(lines: readonly Line[]): FoundField | null {
  const line = lines.slice(0, 8).find(({ text }) => /发布(?:机构|机关|单位)[：:\s]/.test(text));
  const value = /发布(?:机构|机关|单位)[：:\s]\s*(\S{2,40})/.exec(line?.text ?? '')?.[1];
  return line && value ? { value, words: line.text, line: line.number } : null;
}

function agencyInTitle(title: FoundField | null): FoundField | null {
  const name = /^(\S{3,60}?)关于/.exec(title?.value ?? '')?.[1];
  return title && name && agencyEnd.test(name) ? { ...title, value: name } : null;
}

function lastLine(lines: readonly Line[]): FoundField | null {
  const line = lines.at(-1);
  return line && isAgencyLine(line.text, true) && line.text.length < 40
    ? { value: line.text, words: line.text, line: line.number }
    : null;
}

/** The agency that letters go to: 信函寄至某某县交通运输局，邮编……. */
function agencyWrittenTo(lines: readonly Line[]): FoundField | null {
  return firstMatch(lines, (text) => {
    const name = writtenTo.exec(folded(text.slice(0, 4000)))?.[1] ?? '';
    return agencyEnd.test(name) ? name : null;
  });
}

const writtenTo = /(?:寄至|寄到|寄往|送至)[:：]?\s?([^\s,，。;；:：()（）\d]{4,30})(?=[,，。;；(（\s]|$)/;

function firstMatch(lines: readonly Line[], find: (text: string) => string | null): FoundField | null {
  for (const line of lines) {
    const value = find(line.text);
    if (value) return { value, words: line.text.slice(0, 200), line: line.number };
  }
  return null;
}

/** What the agency calls itself: 向区扶贫办提出意见, or 我局. */
function shortName(text: string): string | null {
  const plain = folded(text);
  const asked = /(?:向|反馈至|反馈到)([^,，。;；《》向至:：]{2,14}?)(?:提出|反馈|反映|提交)/.exec(plain);
  const name = asked?.[1] ?? '';
  if (asked && agencyEnd.test(name))
    return text.slice(
      asked.index + asked[0].indexOf(name),
      asked.index + asked[0].indexOf(name) + name.length,
    );
  return /我(?:局|委|部|厅|办|院|中心|街道|镇|会|司)(?=[^们])/.exec(plain)?.[0] ?? null;
}

/** The clauses of a sentence from 为 up to what the agency did. */
function purposeOf(text: string): string | null {
  const plain = folded(text);
  if (!/^为/.test(plain)) return null;
  const parts = plain.split(/(?<=[,。])/);
  const end = parts.findIndex(
    (part, index) =>
      index > 0 && /^…*(?:现|我|根据|依据|按照|结合|经|由|特|拟)|起草|制定|草拟|编制|公开|征求/.test(part),
  );
  const length = parts.slice(0, end < 0 ? 1 : end).join('').length;
  return text.slice(0, length).replace(/[，,。]$/, '');
}

/** The name in 《》 with its version in brackets, without 《》. */
function draftNameOf(title: FoundField | null, body: readonly Line[]): FoundField | null {
  const inTitle = title && nameIn(title.value);
  if (title && inTitle) return { ...title, value: inTitle };
  return firstMatch(body, (text) =>
    drafted.test(folded(text)) || version.test(text) ? bestName(text) : null,
  );
}

function bestName(text: string): string | null {
  const names = [...text.matchAll(/《/g)].map((match) => nameIn(text.slice(match.index, match.index + 200)));
  return (
    names.find((name) => name !== null && version.test(name)) ??
    names.findLast((name) => name !== null && name.length > 4) ??
    null
  );
}

/** Reads 《…》 at its first bracket, inner 《》 included, and a version in brackets behind it. */
function nameIn(text: string): string | null {
  const start = text.indexOf('《');
  let depth = 0;
  for (let index = start; start >= 0 && index < text.length; index += 1) {
    if (text[index] === '《') depth += 1;
    if (text[index] === '》') depth -= 1;
    if (depth === 0)
      return tidyName(
        text.slice(start + 1, index) +
          (/^\s?[（(][^（()）]{0,30}[)）]/.exec(text.slice(index + 1))?.[0] ?? ''),
      );
  }
  return null;
}

/** No space stands before the brackets of a version. */
function tidyName(name: string): string {
  return name.trim().replace(/\s{1,4}(?=[（(])/g, '');
}
