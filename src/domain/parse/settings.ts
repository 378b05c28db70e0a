/**
 * How a text is to be read, where an officer knows better than the parser.
 * `whole: 'draft'`: no announcement and no feedback notice is split off.
 * `family`: which labels count: 编 章 节 条 with their lists (`law`), 一、（一）1. (`official`), no labels at all (`none`).
 * `lines`: hard-wrapped lines are joined (`wrapped`), or every line is a paragraph of its own (`single`).
 */
export interface ParseSettings {
  readonly whole: 'auto' | 'draft';
  readonly family: 'auto' | 'law' | 'official' | 'none';
  readonly lines: 'auto' | 'wrapped' | 'single';
}

/** The parser decides everything from the text itself. */
export const autoSettings: ParseSettings = { whole: 'auto', family: 'auto', lines: 'auto' };
