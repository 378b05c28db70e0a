import type { FoundFields } from '../announcement.ts';
import type { LineRange, Outline } from '../outline.ts';
import { fieldsOf } from './fields.ts';
import { type Line, linesOf } from './lines.ts';
import { outlineOf } from './outline.ts';
import { type Parts, partsOf } from './parts.ts';
import { autoSettings, type ParseSettings } from './settings.ts';

/** One paste, divided. Every line with a visible character stands in exactly one of the three parts. */
export interface Paste {
  readonly announcement: {
    readonly text: string;
    readonly lines: LineRange | null;
    readonly fields: FoundFields;
  };
  readonly draft: Outline;
  readonly feedback: { readonly text: string; readonly lines: LineRange | null };
}

/**
 * Divides a pasted text into announcement (with the facts it states), draft (as an outline) and feedback notice,
 * with or without the headings 公告内容, 草案内容, 公开意见及建议. Never refuses a text; a part that is not there is empty.
 * With `whole: 'draft'` all of it is the draft.
 */
export function readPaste(text: string, settings: ParseSettings = autoSettings): Paste {
  const lines = linesOf(text);
  const parts: Parts =
    settings.whole === 'draft' ? { announcement: [], draft: lines, feedback: [] } : partsOf(lines);
  return {
    announcement: { ...passage(parts.announcement), fields: fieldsOf(parts.announcement) },
    draft: outlineOf(parts.draft, settings),
    feedback: passage(parts.feedback),
  };
}

function passage(lines: readonly Line[]): { text: string; lines: LineRange | null } {
  const [first, last] = [lines[0], lines.at(-1)];
  const text = lines.map((line) => line.text).join('\n');
  return { text, lines: first && last ? [first.number, last.number] : null };
}
