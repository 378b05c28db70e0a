import { tableType } from '../measures.ts';
import { type FontName, fonts } from './runs.ts';

/** How the lines of a table's cells are set, by the names of their styles. */
const cells = ['Cell', 'CellMiddle', 'CellHead'] as const;
export type CellStyle = (typeof cells)[number];

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** A part of the file that we write ourselves, in place of the library's. */
interface Part {
  readonly path: string;
  readonly data: string;
}

// Where the first is missing: other names of it, then free faces of the same class.
const others: Readonly<Record<string, string>> = {
  仿宋_GB2312: '仿宋,FangSong,STFangsong,FandolFang R,Noto Serif CJK SC,Source Han Serif SC',
  FangSong: '仿宋,STFangsong,FandolFang R,Noto Serif CJK SC,Source Han Serif SC',
  方正小标宋简体: 'FZXiaoBiaoSong-B05S,小标宋体,SimSun,Noto Serif CJK SC,Source Han Serif SC',
  'FZXiaoBiaoSong-B05S': '方正小标宋简体,SimSun,Noto Serif CJK SC,Source Han Serif SC',
  黑体: 'SimHei,STHeiti,Noto Sans CJK SC,Source Han Sans SC',
  SimHei: '黑体,STHeiti,Noto Sans CJK SC,Source Han Sans SC',
  楷体_GB2312: '楷体,KaiTi,STKaiti,FandolKai,AR PL UKai CN',
  KaiTi: '楷体,STKaiti,FandolKai,AR PL UKai CN',
  宋体: 'SimSun,STSong,Noto Serif CJK SC,Source Han Serif SC',
  SimSun: '宋体,STSong,Noto Serif CJK SC,Source Han Serif SC',
};

/**
 * Styles and table of fonts. What every paragraph is told stands in the defaults, in the order of the schema, which the
 * library does not keep: no mark hangs over the edge, nothing stands off between characters and digits.
 */
export const ownParts: readonly Part[] = [
  {
    path: 'word/styles.xml',
    data: `${head}<w:styles xmlns:w="${main}"><w:docDefaults><w:rPrDefault><w:rPr>${rFonts('text')}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>${cellStyles()}</w:styles>`,
  },
  { path: 'word/fontTable.xml', data: `${head}<w:fonts xmlns:w="${main}">${fontTable()}</w:fonts>` },
];

/** The style of a line in a table of usual or large letters. */
export function cellStyle(style: CellStyle, large: boolean): string {
  return large ? `Large${style}` : style;
}

// In styles and not at each of 30,000 cells, which would take a gigabyte of memory to write.
function cellStyles(): string {
  return (['usual', 'large'] as const)
    .flatMap((type) =>
      cells.map((cell) => {
        const { size, pitch } = tableType[type];
        const name = cellStyle(cell, type === 'large');
        const jc = cell === 'Cell' ? 'left' : 'center';
        const font = cell === 'CellHead' ? rFonts('h1') : '';
        return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${name}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:line="${pitch * 20}" w:lineRule="exact"/><w:jc w:val="${jc}"/></w:pPr><w:rPr>${font}<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/></w:rPr></w:style>`;
      }),
    )
    .join('');
}

function rFonts(name: FontName): string {
  const { ascii, hAnsi, eastAsia, cs } = fonts[name];
  return `<w:rFonts w:ascii="${ascii}" w:hAnsi="${hAnsi}" w:eastAsia="${eastAsia}" w:cs="${cs}"/>`;
}

function fontTable(): string {
  return Object.entries(others)
    .map(
      ([name, names]) =>
        `<w:font w:name="${name}"><w:altName w:val="${names}"/><w:charset w:val="86"/><w:family w:val="${/黑|Hei/.test(name) ? 'swiss' : 'roman'}"/><w:pitch w:val="default"/></w:font>`,
    )
    .join('');
}
