import { SaxesParser, type SaxesTagPlain } from 'saxes';

import { FileRefused } from '../zip.ts';

/** The attributes of an element, by their names without prefix. */
export type Attributes = (name: string) => string | undefined;

/**
 * Hears a part of a document from its beginning to its end. Names are `w:p`, `mc:Choice` and so on, whatever prefixes
 * the file uses. `open` may answer 'skip': then nothing inside the element is heard, nor its end.
 */
export interface Listener {
  open?(name: string, attributes: Attributes, parent: string): 'skip' | undefined;
  text?(text: string, name: string): void;
  close?(name: string, parent: string): void;
}

const prefixes: readonly [RegExp, string][] = [
  [/\/wordprocessingml\/(2006\/)?main$/, 'w'],
  [/\/markup-compatibility\/2006$/, 'mc'],
  [/\/officeDocument\/(2006\/)?math$/, 'm'],
  [/\/drawingml\/(2006\/)?picture$/, 'pic'],
  [/\/drawingml\/(2006\/)?chart$/, 'c'],
  [/\/drawingml\/(2006\/)?diagram$/, 'dgm'],
  [/^urn:schemas-microsoft-com:vml$/, 'v'],
];

const deepest = 600;
const options = { position: false, xmlns: false } as const;

/** Reads XML piece by piece. Throws FileRefused `corrupt` for what is not well-formed, has a DOCTYPE, or nests without end. */
export async function readXml(pieces: AsyncIterable<Uint8Array>, listener: Listener): Promise<void> {
  const parser = createParser(listener);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  try {
    for await (const piece of pieces) {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
      parser.write(decoder.decode(piece, { stream: true }));
    }
    parser.write(decoder?.decode() ?? '').close();
  } catch (error) {
    throw error instanceof FileRefused ? error : new FileRefused('corrupt', { cause: error });
  }
}

/** True when an element such as `<w:vanish/>` is there and not switched off by its `val`. */
export function isOn(attributes: Attributes): boolean {
  return !['0', 'false', 'off'].includes(attributes('val') ?? '');
}

function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function createParser(listener: Listener): SaxesParser<typeof options> {
  const parser = new SaxesParser(options);
  const open: string[] = [];
  const chosen: boolean[] = [];
  const nameOf = createNames();
  let skipped = 0;

  parser.on('opentag', (tag) => {
    if (open.length + skipped >= deepest) throw new FileRefused('corrupt');
    const name = nameOf(tag);
    if (skipped > 0 || isOtherChoice(name, chosen)) skipped += 1;
    else {
      const answer = listener.open?.(name, attributesOf(tag), open.at(-1) ?? '');
      if (answer === 'skip') skipped = 1;
      else {
        open.push(name);
        if (name === 'mc:AlternateContent') chosen.push(false);
      }
    }
  });
  parser.on('closetag', () => {
    if (skipped > 0) skipped -= 1;
    else {
      const name = open.pop() ?? '';
      if (name === 'mc:AlternateContent') chosen.pop();
      listener.close?.(name, open.at(-1) ?? '');
    }
  });
  const text = (text: string) => {
    if (skipped === 0) listener.text?.(text, open.at(-1) ?? '');
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('doctype', () => {
    throw new FileRefused('corrupt');
  });
  return parser;
}

/** The same content stands in each branch of an alternative: the first one is read. */
function isOtherChoice(name: string, chosen: boolean[]): boolean {
  if (name !== 'mc:Choice' && name !== 'mc:Fallback') return false;
  if (chosen.at(-1)) return true;
  if (chosen.length > 0) chosen[chosen.length - 1] = true;
  return false;
}

/** Names with the prefixes known here; a prefix means the same throughout a part. */
function createNames(): (tag: SaxesTagPlain) => string {
  const known = new Map<string, string>();
  const names = new Map<string, string>();
  return (tag) => {
    for (const attribute in tag.attributes)
      if (attribute.startsWith('xmlns')) {
        known.set(attribute.slice(6), prefixOf(tag.attributes[attribute] ?? ''));
        names.clear();
      }
    const name = names.get(tag.name) ?? renamed(tag.name, known);
    names.set(tag.name, name);
    return name;
  };
}

function prefixOf(uri: string): string {
  return prefixes.find(([pattern]) => pattern.test(uri))?.[1] ?? '';
}

function renamed(name: string, known: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  const prefix = known.get(name.slice(0, Math.max(colon, 0)));
  return prefix ? `${prefix}:${name.slice(colon + 1)}` : name;
}

function attributesOf(tag: SaxesTagPlain): Attributes {
  return (name) => {
    const direct = tag.attributes[`w:${name}`] ?? tag.attributes[name];
    if (direct !== undefined) return direct;
    const end = `:${name}`;
    const found = Object.keys(tag.attributes).find((each) => each.endsWith(end));
    return found && tag.attributes[found];
  };
}
