import { folded } from './fold.ts';
import { furnitureOf, isDraftDivider } from './furniture.ts';
import { type LabelShape, readLabel } from './labels.ts';
import type { Line } from './lines.ts';
import { endsWithOneOf, startsWithOneOf } from './starters.ts';

const feedbackDivider =
  /^[【[]?(?:公开意见及建议|公開意見及建議|(?:意见)?(?:征集|反馈|采纳)(?:结果|情况)(?:反馈|公示)?|意见反馈|结果反馈|意见采纳情况(?:反馈)?)[】\]]?[:：]?$/;
const feedbackTitle =
  /(?:[征徵]求|[征徵]集).{0,40}(?:结果|情况|情況|結果).{0,4}(?:反馈|反饋|公示|公告|说明|通报)$/;

/** A title that only a notice of what came in has, in folded words. */
const ownTitle =
  /结果反[馈饋]$|(?:意见|建议)[^，。]{0,10}(?:[采採][纳納]|反[馈饋]|收集)[^，。]{0,10}(?:情况|情況)(?:的?(?:反[馈饋]|公示|公告|[说說]明|通[报報]|[汇匯彙][总總]))?$/;
/** Words that tell what came in, in folded words; what is said of replies that come too late is not among them. */
const outcome =
  /(?:共|未|没有|累计|仅)(?:收到|[征收]集到?|征求到|接到)[^。]{0,40}(?:意见|建议|反[馈饋]|留言)|[现現](?:将|將)[^。]{0,30}(?:意见|征求|征集|[采採][纳納])[^。]{0,20}(?:情况|情況|结果|結果)|[采採][纳納][^。，]{0,6}\d{1,5}条|已有[^。]{0,20}(?:提出|反映)/;
const late = /逾期|[视視]为/;

const opensDivider = startsWithOneOf('【[公意征反采结');
const endsTitle = endsWithOneOf('馈饋示告明报');

const articleShapes: ReadonlySet<LabelShape> = new Set(['article', 'chapter', 'part']);

/** The title stands among the first lines, what came in is told among the next. */
const firstTitles = 4;
const firstLines = 14;

/** Where the feedback notice begins: at its divider, its title, or with the first line; the end when there is none. */
export function feedbackStart(lines: readonly Line[]): number {
  const divider = lines.findLastIndex(({ text }) => isDivider(text));
  if (divider >= 0) return divider;
  const title = lines.findIndex(({ text }) => isTitle(text));
  if (title >= 0 && !lines.slice(title).some(isArticle)) return title;
  return isFeedbackAlone(lines) ? 0 : lines.length;
}

function isDivider(text: string): boolean {
  return text.length < 20 && opensDivider(text) && feedbackDivider.test(text);
}

function isTitle(text: string): boolean {
  return text.length < 100 && endsTitle(text) && feedbackTitle.test(text);
}

/** True for a text without a draft that says by its title or in its first lines what came in. */
function isFeedbackAlone(lines: readonly Line[]): boolean {
  const furniture = furnitureOf(lines.slice(0, 40));
  const first = lines
    .slice(0, 40)
    .filter((line) => !furniture.has(line))
    .slice(0, firstLines);
  const titled = first.slice(0, firstTitles).some((line) => line.text.length < 160 && isOwnTitle(line.text));
  return (
    (titled || first.some(tellsOutcome)) &&
    !lines.some((line) => isArticle(line) || isDraftDivider(line.text))
  );
}

function isOwnTitle(text: string): boolean {
  return ownTitle.test(folded(text));
}

function tellsOutcome({ text }: Line): boolean {
  const words = folded(text.slice(0, 4000));
  return outcome.test(words) && !late.test(words);
}

function isArticle({ text }: Line): boolean {
  return articleShapes.has(readLabel(text)?.shape ?? 'dash');
}
