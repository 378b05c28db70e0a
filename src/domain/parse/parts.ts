import { annexStarts } from './annexes.ts';
import { feedbackStart } from './feedback.ts';
import { isDateLine, isTitleLine } from './front.ts';
import { furnitureOf, isDraftDivider } from './furniture.ts';
import { type LabelShape, readLabel } from './labels.ts';
import { type Line, packed } from './lines.ts';

/** The lines of one paste, divided; a divider such as 草案内容 opens its part. */
export interface Parts {
  readonly announcement: readonly Line[];
  readonly draft: readonly Line[];
  readonly feedback: readonly Line[];
}

const announcementTitle =
  /(?:[征徵]求|[征徵]集|[征徵][询詢]).*(?:公告|通知|公示|启事|啟事|通告|函|意[见見]|建[议議])$|(?:草案|稿|规划|規劃|方案)[^，。]{0,10}(?:公示|公告)$|^关于.*(?:公开征求|征集)/;
const ownTitle =
  /(?:[征徵]求|[征徵]集|[征徵][询詢])(?!.{0,8}工作).{0,120}(?:公告|通知|公示|启事|啟事|通告|函)$/;
const invitation =
  /(?:现|現|拟|擬|特|就|向|面向|公开|公開).{0,80}(?:[征徵]求|[征徵]集|[征徵][询詢]|公示|听取|聽取)|(?:[征徵]求|[征徵]集)社[会會]|(?:欢迎|歡迎|希望).{0,40}(?:提出|反馈|反饋|意见|意見)|(?:意见|意見|建议|建議).{0,20}(?:于|於|在).{0,30}前|[可请請](?:在|于|於)[^。]{0,30}前[^。]{0,20}(?:意[见見]|建[议議])/;
const contact =
  /@|电话|電話|邮编|郵編|邮政编码|郵政編碼|传真|傳真|邮箱|郵箱|信箱|电子邮件|電子郵件|联系人|聯[系繫]人|通[讯信訊]地址|[邮郵]寄/;
const versionName = /[征徵]求意[见見]稿/g;
/** A draft has more characters than this behind its title. */
const leastBody = 30;

/** A draft begins where one of these labels stands. */
const bodyShapes: ReadonlySet<LabelShape> = new Set(['article', 'chapter', 'part']);

/** The title stands among the first lines. */
const firstTitles = 4;

/** An invitation to comment stands among the first lines of an announcement. */
const firstLines = 14;

/** Divides a paste into announcement, draft and feedback notice, by dividers where there are any, else by content. */
export function partsOf(lines: readonly Line[]): Parts {
  const feedback = feedbackStart(lines);
  const before = lines.slice(0, feedback);
  const draft = draftStart(before);
  return {
    announcement: before.slice(0, draft),
    draft: before.slice(draft),
    feedback: lines.slice(feedback),
  };
}

function draftStart(lines: readonly Line[]): number {
  const divider = lines.findIndex(({ text }) => isDraftDivider(text));
  if (divider >= 0) return divider;
  if (!isAnnouncement(lines)) return 0;
  return namedDraft(lines) ?? afterDate(lines) ?? lines.length;
}

/** An announcement says so in its title, or invites comments before any article and names a way to send them. */
function isAnnouncement(lines: readonly Line[]): boolean {
  const furniture = furnitureOf(lines.slice(0, 40));
  const first = lines
    .slice(0, 40 + firstLines)
    .filter((line) => !furniture.has(line))
    .slice(0, firstLines);
  const body = first.findIndex((line) => bodyShapes.has(readLabel(line.text)?.shape ?? 'dash'));
  const head = body < 0 ? first : first.slice(0, body);
  if (head.slice(0, firstTitles).some((line) => ownTitle.test(titleText(line.text)))) return true;
  const index = head.findIndex((line, place) => isInvitation(line.text, place));
  return index >= 0 && lines.slice(index, index + 40).some((line) => contact.test(line.text.slice(0, 4000)));
}

/** 征求意见稿 is the name of a version and invites nobody. */
function isInvitation(text: string, place: number): boolean {
  const words = text.slice(0, 2000).replace(versionName, '');
  return (
    (place < firstTitles && text.length < 160 && announcementTitle.test(titleText(words))) ||
    invitation.test(words)
  );
}

function titleText(text: string): string {
  return text.slice(0, 200).replace(/[（(][^（()）]{0,40}[)）]$/, '');
}

/** The line that repeats the name the announcement gives the draft in 《》. */
function namedDraft(lines: readonly Line[]): number | null {
  const names = lines.slice(0, firstLines).flatMap((line) => draftNames(line.text));
  const from = lines.findIndex((line) => draftNames(line.text).length > 0) + 1;
  for (let index = Math.max(from, 2); index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    if (text.length > 100 || /^附/.test(text) || /\.(?:docx?|pdf|wps|rar|zip)$/i.test(text)) continue;
    if (isTitleLine(text) && names.includes(nameCore(text)) && hasBody(lines, index)) return index;
  }
  return null;
}

function draftNames(text: string): string[] {
  return [...text.slice(0, 4000).matchAll(/《([^《》]{2,100})》/g)].map((match) => nameCore(match[1] ?? ''));
}

/** A name without its version in brackets. */
function nameCore(name: string): string {
  return packed(name).replace(/[（(][^（()）]*[)）]/g, '');
}

/** The draft is more than its title. */
function hasBody(lines: readonly Line[], title: number): boolean {
  return lines.slice(title + 1).reduce((sum, line) => sum + line.text.length, 0) > leastBody;
}

/** Behind the date of the announcement, when more follows than annexes. */
function afterDate(lines: readonly Line[]): number | null {
  const date = lines.findIndex((line, index) => index > 1 && isDateLine(line.text));
  const next = lines[date + 1];
  if (date < 0 || !next || !isTitleLine(next.text) || annexStarts(lines.slice(date + 1, date + 4)).length > 0)
    return null;
  if (!/^附/.test(next.text)) return hasBody(lines, date + 1) ? date + 1 : null;
  return null;
}
