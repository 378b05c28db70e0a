import { isHeadingShape, type Label } from './labels.ts';

const numeral = '[一二三四五六七八九十百千零〇0-9０-９]';

/** A unit of a reference, unless a longer word begins there: 项目, 款项, 目标, 条件. */
const afterUnit = '(?:[项項](?!目)|款(?![项項])|目(?![标標的前录錄])|[条條](?![件例款约約]))';

/** Words after 第X条 that make it part of a sentence: another number, or what is said of the article. */
const afterArticle = new RegExp(
  `^(?:第${numeral}+[款項项目]|[、，,至或及和與与同](?=.{0,6}第)|之?[規规]定|[規规]定|之?情形|所[稱称定列規规]|[的之]|` +
    `${afterUnit}|但[書书]|[前後后]段)`,
);
const afterHeading = /^(?:第|[、，,至或及和與与](?=第)|[規规]定|之|的|所[称稱定列规規])/;
const afterListLabel = new RegExp(
  `^(?:[、至或及和與与](?=[（(]|第|[一二三四五六七八九十]、)|${afterUnit}|等[项項款])`,
);

/** 一、二级…: numbers of one list, not a label. */
const enumeration = /^[二两兩三四五六七八九十](?:[、级級类類等审審]|[次届](?!会))/;

/**
 * True when the words that look like a label are a reference inside a sentence, by what follows them
 * and by whether the line before was left open. `before` is the text of the line before, or ''.
 */
export function isReference(label: Label, before: string): boolean {
  if (label.shape === 'article') return articleIsReference(label, before);
  if (isHeadingShape(label.shape)) return headingIsReference(label);
  if (label.shape === 'bracket' || label.shape === 'digitBracket') return listIsReference(label, before);
  return label.shape === 'comma' && (/、$/.test(before) || enumeration.test(label.rest));
}

function articleIsReference(label: Label, before: string): boolean {
  if (/[、，,（(]$/.test(before)) return true;
  if (label.rest === '') return /[第及或和與与至]$/.test(before);
  return !label.spaced && afterArticle.test(label.rest);
}

/** A heading is short and ends without a full stop. */
function headingIsReference(label: Label): boolean {
  if (label.rest.length > 60 || /[。；，：;]$/.test(label.rest)) return true;
  return !label.spaced && afterHeading.test(label.rest);
}

function listIsReference(label: Label, before: string): boolean {
  if (/(?:第|[項项款條条])$/.test(before)) return true;
  return !label.spaced && afterListLabel.test(label.rest);
}
