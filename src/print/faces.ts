import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';

/** The faces of a document: text, what stands out (title, heads), and rare characters that neither has. */
export type Face = 'text' | 'strong' | 'rare';

// Free faces that come with packages, so that a machine without any Chinese font prints; only what a document uses of
// them goes into its file. There is no free 小标宋 or 黑体 of this coverage: the strong face stands for both.
const files: Readonly<Record<Face, string>> = {
  text: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  strong: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  rare: '@expo-google-fonts/cactus-classical-serif/400Regular/CactusClassicalSerif_400Regular.ttf',
};

const { resolve } = createRequire(import.meta.url);
const read = new Map<Face, Buffer>();

function bytesOf(face: Face): Buffer {
  const bytes = read.get(face) ?? readFileSync(resolve(files[face]));
  read.set(face, bytes);
  return bytes;
}

interface OpenFont {
  readonly font: {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(code: number): boolean;
    glyphForCodePoint(code: number): { readonly advanceWidth: number };
  };
}

/** A stretch of a line in one face. */
export interface Run {
  readonly face: Face;
  readonly text: string;
}

/** What a PDF document knows of its faces. */
export interface Faces {
  /** Width of a character in ems. */
  width(character: string, strong: boolean): number;
  /** The line in the faces that have its characters; what none has is shown as 〓. */
  runs(text: string, strong: boolean): Run[];
}

interface Found extends Run {
  readonly width: number;
}

/** Gives a document its faces. The rare one, 28 MB, is opened with the first character that needs it. */
export function openFaces(pdf: typeof PDFDocument.prototype): Faces {
  const open = new Map<Face, OpenFont['font']>();
  const fontOf = (face: Face): OpenFont['font'] => {
    const known = open.get(face);
    if (known) return known;
    pdf.registerFont(face, bytesOf(face));
    pdf.font(face);
    const { font } = (pdf as unknown as { readonly _font: OpenFont })._font;
    open.set(face, font);
    return font;
  };
  // Asked for every character of a long table, several times: one map a weight needs no key to be made.
  const [light, heavy] = [new Map<string, Found>(), new Map<string, Found>()];
  const find = (character: string, strong: boolean): Found => {
    const found = strong ? heavy : light;
    const known = found.get(character);
    if (known) return known;
    const code = character.codePointAt(0) ?? 0;
    const face = ([strong ? 'strong' : 'text', 'rare'] as const).find((each) =>
      fontOf(each).hasGlyphForCodePoint(code),
    );
    const made = face ? measured(face, character) : measured(strong ? 'strong' : 'text', '〓');
    found.set(character, made);
    return made;
  };
  const measured = (face: Face, text: string) => {
    const font = fontOf(face);
    return {
      face,
      text,
      width: font.glyphForCodePoint(text.codePointAt(0) ?? 0).advanceWidth / font.unitsPerEm,
    };
  };
  return {
    width: (character, strong) => find(character, strong).width,
    runs: (text, strong) => {
      const runs: { face: Face; text: string }[] = [];
      for (const character of text) {
        const { face, text: shown } = find(character, strong);
        const last = runs.at(-1);
        if (last?.face === face) last.text += shown;
        else runs.push({ face, text: shown });
      }
      return runs;
    },
  };
}
