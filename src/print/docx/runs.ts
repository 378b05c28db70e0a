import { LineRuleType, Paragraph, Tab, TextRun } from 'docx';
import { closer, line } from './measures.ts';

/** Offices have these; another machine sets its own of the same class. */
export const fonts = {
  text: { ascii: 'FangSong', hAnsi: 'FangSong', eastAsia: '仿宋_GB2312', cs: 'FangSong' },
  title: {
    ascii: 'FZXiaoBiaoSong-B05S',
    hAnsi: 'FZXiaoBiaoSong-B05S',
    eastAsia: '方正小标宋简体',
    cs: 'SimSun',
  },
  h1: { ascii: 'SimHei', hAnsi: 'SimHei', eastAsia: '黑体', cs: 'SimHei' },
  h2: { ascii: 'KaiTi', hAnsi: 'KaiTi', eastAsia: '楷体_GB2312', cs: 'KaiTi' },
  number: { ascii: 'SimSun', hAnsi: 'SimSun', eastAsia: '宋体', cs: 'SimSun' },
} as const;
export type FontName = keyof typeof fonts;

/** Lines of exactly this height. */
export function exactly(twips: number) {
  return { line: twips, lineRule: LineRuleType.EXACT };
}

/** An empty line that stays with the next. */
export function blank(): Paragraph {
  return new Paragraph({ spacing: exactly(line), keepNext: true, children: [] });
}

/** An empty line. */
export function empty(): Paragraph {
  return new Paragraph({ spacing: exactly(line), children: [] });
}

/** A text without what XML cannot hold: control characters, and halves of characters. */
export function legible(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '');
}

export interface RunOptions {
  readonly font?: FontName;
  readonly size?: number;
  readonly spacing?: number;
  /** True where it begins a line of its own. */
  readonly isNext?: boolean;
  /** True where it stands at the next tab. */
  readonly isTabbed?: boolean;
}

/** Text in a face of the office, 16 points unless said otherwise. */
export function run(
  text: string,
  { font = 'text', size = 16, spacing, isNext = false, isTabbed = false }: RunOptions = {},
): TextRun {
  const characterSpacing = spacing ?? (size === 16 ? closer : 0);
  return new TextRun({
    ...(isTabbed ? { children: [new Tab(), legible(text)] } : { text: legible(text) }),
    font: fonts[font],
    // In half points, which every reader knows.
    size: size * 2,
    characterSpacing,
    ...(isNext ? { break: 1 } : {}),
  });
}
