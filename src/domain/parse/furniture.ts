import { readLabel } from './labels.ts';
import { endsSentence, type Line } from './lines.ts';
import { startsWithOneOf } from './starters.ts';
import { isTableLine } from './table-lines.ts';

const siteLines =
  /^(?:欢迎(?:访问|进入|光临|您)|您好[！!,，]|(?:您)?(?:现在|当前)?的?(?:当前)?位置[：:]|当前位置|首页\s*[>＞»]|发布(?:时间|日期)[：:]|浏览(?:次数|量)|来源[：:].*(?:时间|浏览|作者)|信息来源[：:]|【?字[体号][：:]|扫一扫|手机扫一扫|分享(?:到|至)|\[?打印\]?(?:本页|\s|$)|【打印|\[?关闭\]?(?:窗口|本页|$)|\[?(?:网络|责任)编辑[：:]|【?(?:责任)?编辑[：:]|上一[篇条页][：:]|下一[篇条页][：:]|返回(?:顶部|首页|列表)|版权所有|主办单位[：:]|[^ ]{0,6}ICP备|网站地图|设为首页|加入收藏|歡迎(?:訪問|光臨|進入)|當前位置|發布(?:時間|日期)[：:]|掃一掃|列印|回上一頁|我要参与$)/;
const draftDivider =
  /^[【[]?(?:草案|征求意见稿|征求意見稿|文件|规范性文件|文本)(?:内容|內容|正文|全文|文本)[】\]]?[:：]?$/;
const dashedPage = /^[-—–－─━·•~～_]{1,3}\s{0,3}\d{1,4}\s{0,3}[-—–－─━·•~～_]{1,3}$/;
const namedPage =
  /^(?:第\s?\d{1,4}\s?[页頁](?:\s?[，,/]?\s?共\s?\d{1,4}\s?[页頁])?|[Pp]age\s?\d{1,4}(?:\s?of\s?\d{1,4})?|\d{1,4}\s?\/\s?\d{1,4}|共\s?\d{1,4}\s?[页頁])$/;
const opensSite = startsWithOneOf('欢您现当的位首发浏来信字【扫手分[打关网责编上下返版主设加歡當發掃列回我');
const opensDivider = startsWithOneOf('【[草征文规');
const opensPage = startsWithOneOf('-—–－─━·•~～_第Pp共0123456789');
const barePage = /^\d{1,4}$/;

/** Characters of text that stand at least between two bare page numbers; cells of a table stand closer. */
const leastPage = 200;

/**
 * Picks out what belongs to the page or the web site and not to the draft: navigation, page numbers,
 * running headers. Bare numbers count as page numbers only when they rise and stand a page apart.
 */
export function furnitureOf(lines: readonly Line[]): ReadonlySet<Line> {
  const found = new Set(lines.filter((line) => line.text.length < 80 && isFurniture(line)));
  for (const line of barePages(lines)) found.add(line);
  for (const line of runningHeaders(lines, found)) found.add(line);
  return found;
}

/** True for a heading that only opens the draft's part of a page: 草案内容. */
export function isDraftDivider(text: string): boolean {
  return text.length < 20 && opensDivider(text) && draftDivider.test(text);
}

/** True for a line of the web site around a text: navigation, print and share buttons, editor. */
export function isSiteLine(line: Line): boolean {
  return line.text.length < 80 && !isTableLine(line.text) && isSite(line.text);
}

function isSite(text: string): boolean {
  return (opensSite(text) || text.includes('ICP备')) && siteLines.test(text);
}

function isPage(text: string): boolean {
  return opensPage(text) && (dashedPage.test(text) || namedPage.test(text));
}

function isBarePage(text: string): boolean {
  return text.length <= 4 && barePage.test(text);
}

function isFurniture(line: Line): boolean {
  const { text } = line;
  if (isTableLine(text)) return false;
  return isSite(text) || isDraftDivider(text) || isPage(text);
}

function barePages(lines: readonly Line[]): Line[] {
  const pages: Line[] = [];
  let between = leastPage;
  let page = 0;
  for (const line of lines) {
    const number = isBarePage(line.text) ? Number(line.text) : null;
    if (number === null) between += line.text.length;
    if (number !== null && number > page && number <= page + 6 && between >= leastPage) pages.push(line);
    page = pageOf(line.text) ?? page;
    if (number !== null) between = 0;
  }
  return pages.length === 0 || denseTable(lines) ? [] : pages;
}

/** Bare numbers that mostly stand close together number the rows of a table. */
function denseTable(lines: readonly Line[]): boolean {
  let between = leastPage;
  let close = 0;
  let all = 0;
  for (const line of lines) {
    if (!isBarePage(line.text)) between += line.text.length;
    else {
      all += 1;
      if (between < leastPage) close += 1;
      between = 0;
    }
  }
  return close > all / 4;
}

function pageOf(text: string): number | null {
  if (!opensPage(text) || (!dashedPage.test(text) && !isBarePage(text))) return null;
  return Number(text.replace(/\D/g, ''));
}

/** Short lines that stand again and again next to a page number. */
function runningHeaders(lines: readonly Line[], furniture: ReadonlySet<Line>): Line[] {
  if (furniture.size === 0) return [];
  const seen = new Map<string, Line[]>();
  for (const line of lines.filter(canBeHeader)) {
    const same = seen.get(line.text);
    if (same) same.push(line);
    else seen.set(line.text, [line]);
  }
  const places = new Map(lines.map((line, index) => [line, index]));
  const besidePage = (line: Line) => {
    const index = places.get(line) ?? 0;
    return [lines[index - 1], lines[index + 1]].some(
      (near) => near && furniture.has(near) && pageOf(near.text),
    );
  };
  return [...seen.values()].flatMap((same) => {
    const beside = same.filter(besidePage);
    return same.length >= 2 && beside.length >= 1 && beside.length >= same.length - 2 ? beside : [];
  });
}

function canBeHeader({ text }: Line): boolean {
  return (
    text.length >= 4 && text.length <= 60 && !endsSentence(text) && !isTableLine(text) && !readLabel(text)
  );
}
