import type { Level } from '../outline.ts';
import { isHeadingShape, type Label } from './labels.ts';
import { packed } from './lines.ts';

/** The words behind a label, divided into heading and text. */
export interface Wording {
  readonly heading: string;
  readonly text: string;
}

const caption =
  /^(?:[（(]([^（()）。；]{2,24})[)）]|【([^】。]{2,24})】|〖([^〗。]{2,24})〗|\[([^\]。]{2,24})\])\s{0,3}(?=[^\s，。；、：])/;
const noCaption = /[删刪]除|[废廢]止|修[正订訂]|\d{4}年|保留|^[一二三四五六七八九十]+$/;

/** A run-in heading ends at its first 。 and is no longer than this. */
const longestHeading = 40;

/** Divides what follows a label: 第一章 总则, 第一条（立法目的）为了……, （一）指导思想。以……. */
export function wordingOf(label: Label, level: Level): Wording {
  if (isHeadingShape(label.shape)) return { heading: compact(label.rest), text: '' };
  if (level === 'article') return captioned(label.rest);
  return /^h\d$/.test(level) ? runIn(label.rest) : { heading: '', text: label.rest };
}

/** 总　则 is 总则. */
function compact(heading: string): string {
  const words = packed(heading);
  return words.length <= 3 ? words : heading;
}

function captioned(rest: string): Wording {
  const match = caption.exec(rest.slice(0, 60));
  const heading = match?.slice(1).find((group) => group !== undefined) ?? '';
  if (!match || noCaption.test(heading)) return { heading: '', text: rest };
  return { heading, text: rest.slice(match[0].length) };
}

function runIn(rest: string): Wording {
  const end = rest.slice(0, longestHeading + 1).indexOf('。');
  if (end > 0 && end < rest.length - 1 && !/[”」』]/.test(rest.charAt(end + 1)))
    return { heading: rest.slice(0, end), text: rest.slice(end + 1).trimStart() };
  const whole = rest.length <= longestHeading && !/[。；;，,：:]$/.test(rest);
  return whole ? { heading: rest, text: '' } : { heading: '', text: rest };
}
