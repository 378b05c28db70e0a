import type { WidthOf } from './breaking.ts';
import { bodySize, bodySpacing } from './measures.ts';

/** A line on a page: `y` is its top, lengths in points from the left and upper edge of the text block. */
export interface PlacedLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly size: number;
  readonly strong: boolean;
  /** Width that its characters are spread over; undefined: as they come. */
  readonly spread?: number;
}

/** One page: lines of text, and rules from point to point. */
export interface Page {
  readonly lines: PlacedLine[];
  readonly rules: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }[];
  /** How far down its text reaches, in points from the top of the block. */
  readonly filled: number;
}

/** Widths of characters in ems. */
export type EmWidth = (character: string, strong: boolean) => number;

/** What stands on one line of the grid: nothing, one text, or several side by side. */
export type GridLine = readonly Omit<PlacedLine, 'y' | 'height'>[];

/** Widths of the body's characters, set so close that 28 of them fill a line. */
export function bodyWidth(em: EmWidth, strong: boolean): WidthOf {
  return (character) => em(character, strong) * bodySize + bodySpacing;
}
