import { type Attributes, isOn, type Listener } from './xml.ts';

/** How one level of a list is numbered. */
export interface Level {
  start: number;
  format: string;
  /** The pattern of its label: `第%1条`, where %1 is the number of the outermost level. */
  pattern: string;
  /** `nothing` when the text follows the label without a gap. */
  gap: string;
  /** All its numbers in figures, whatever the format of their levels. */
  legal: boolean;
  /** It begins again behind each of the outer levels up to this one, counted from 1; null: all of them. */
  restart: number | null;
  /** The paragraph style that stands on this level. */
  style: string;
  hidden: boolean;
}

/** The levels of a list, from 0 for the outermost; a list may instead name a style that has the levels. */
export interface List {
  readonly levels: Map<number, Level>;
  styleLink: string;
}

/** A use of a list: where its numbers begin anew, and the levels it has in its own way. */
export interface Use {
  list: string;
  readonly starts: Map<number, number>;
  readonly levels: Map<number, Level>;
}

/** The numbering of a document: lists by their id, and the uses that paragraphs name by theirs. */
export interface Numbering {
  readonly lists: Map<string, List>;
  readonly uses: Map<string, Use>;
}

/** The numbering of a document that has none. */
export function emptyNumbering(): Numbering {
  return { lists: new Map(), uses: new Map() };
}

/** Fills the numbering from its part of the file. */
export function numberingListener(numbering: Numbering): Listener {
  let list: List | null = null;
  let use: Use | null = null;
  let override = 0;
  let level: Level | null = null;

  const open = (name: string, attributes: Attributes): undefined => {
    const value = attributes('val') ?? '';
    if (name === 'w:abstractNum') {
      list = { levels: new Map(), styleLink: '' };
      numbering.lists.set(attributes('abstractNumId') ?? '', list);
    } else if (name === 'w:num') {
      use = { list: '', starts: new Map(), levels: new Map() };
      numbering.uses.set(attributes('numId') ?? '', use);
    } else if (name === 'w:numStyleLink' && list) list.styleLink = value;
    else if (name === 'w:abstractNumId' && use) use.list = value;
    else if (name === 'w:lvlOverride') override = levelIn(attributes('ilvl'));
    else if (name === 'w:startOverride') use?.starts.set(override, numberFrom(value, 1));
    else if (name === 'w:lvl') {
      level = newLevel();
      (use ?? list)?.levels.set(levelIn(attributes('ilvl')), level);
    } else if (level) fill(level, name, attributes);
  };
  const close = (name: string): void => {
    if (name === 'w:lvl') level = null;
    if (name === 'w:abstractNum') list = null;
    if (name === 'w:num') use = null;
  };
  return { open, close };
}

/** The level that a file names, from 0 to 8. */
export function levelIn(value: string | undefined): number {
  return Math.min(Math.max(numberFrom(value ?? '', 0), 0), 8);
}

function newLevel(): Level {
  return {
    start: 0,
    format: 'decimal',
    pattern: '',
    gap: 'tab',
    legal: false,
    restart: null,
    style: '',
    hidden: false,
  };
}

const longestPattern = 200;

function fill(level: Level, name: string, attributes: Attributes): void {
  const value = attributes('val') ?? '';
  if (name === 'w:start') level.start = numberFrom(value, 0);
  else if (name === 'w:numFmt') level.format = value === 'custom' ? `custom ${attributes('format')}` : value;
  else if (name === 'w:lvlText') level.pattern = value.slice(0, longestPattern);
  else if (name === 'w:suff') level.gap = value;
  else if (name === 'w:isLgl') level.legal = isOn(attributes);
  else if (name === 'w:lvlRestart') level.restart = numberFrom(value, 0);
  else if (name === 'w:pStyle') level.style = value;
  else if (name === 'w:vanish') level.hidden = isOn(attributes);
}

function numberFrom(value: string, otherwise: number): number {
  const number = Number.parseInt(value, 10);
  return Number.isFinite(number) ? number : otherwise;
}
