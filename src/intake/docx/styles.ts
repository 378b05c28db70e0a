import { levelIn } from './numbering.ts';
import { type Attributes, isOn, type Listener } from './xml.ts';

/** The list and level that a paragraph, or its style, names; null what it does not name. */
export interface ListPlace {
  use: string | null;
  level: number | null;
}

interface Style extends ListPlace {
  base: string;
}

/** The styles of a document, as far as they number paragraphs. */
export interface Styles {
  readonly byId: Map<string, Style>;
  /** The style of paragraphs that name none. */
  standard: string;
}

/** The styles of a document that has none. */
export function emptyStyles(): Styles {
  return { byId: new Map(), standard: '' };
}

/** Fills the styles from their part of the file. */
export function stylesListener(styles: Styles): Listener {
  let style: Style | null = null;
  const open = (name: string, attributes: Attributes, parent: string): 'skip' | undefined => {
    if (name === 'w:style') {
      const id = attributes('styleId') ?? '';
      style = { use: null, level: null, base: '' };
      styles.byId.set(id, style);
      if (attributes('type') === 'paragraph' && attributes('default') && isDefault(attributes))
        styles.standard = id;
    } else if (name === 'w:basedOn' && style) style.base = attributes('val') ?? '';
    else if (name === 'w:pPrChange') return 'skip';
    else if (style && parent === 'w:numPr') setPlace(style, name, attributes);
    return undefined;
  };
  return { open };
}

/** Takes `w:numId` and `w:ilvl` over into a place. */
export function setPlace(place: ListPlace, name: string, attributes: Attributes): void {
  if (name === 'w:numId') place.use = attributes('val') ?? '';
  if (name === 'w:ilvl') place.level = levelIn(attributes('val'));
}

/** A style and those it is based on, nearest first. */
export function chainOf(styles: Styles, id: string): { id: string; style: Style }[] {
  const chain: { id: string; style: Style }[] = [];
  let next = id || styles.standard;
  while (chain.length < longestChain) {
    const style = styles.byId.get(next);
    if (!style) break;
    chain.push({ id: next, style });
    next = style.base;
  }
  return chain;
}

const longestChain = 30;

function isDefault(attributes: Attributes): boolean {
  return isOn((name) => attributes(name === 'val' ? 'default' : name));
}
