import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import type { Block } from '../../src/domain/outline.ts';
import { addressesOf } from '../../src/domain/parse/address.ts';
import { nest } from '../../src/domain/parse/nest.ts';
import { parseOutline } from '../../src/domain/parse/outline.ts';
import { readPaste } from '../../src/domain/parse/paste.ts';

/** One line per clause: two spaces of indent for each level, then label, heading and text. */
function tree(text: string): string[] {
  const { blocks } = parseOutline(text);
  return blocks
    .filter((block) => block.kind === 'clause')
    .map(
      (block) =>
        '  '.repeat(depthOf(blocks, block)) +
        [block.label, block.heading, block.text].filter(Boolean).join('|'),
    );
}

function depthOf(blocks: readonly Block[], block: Block): number {
  const parent = block.parent === null ? undefined : blocks[block.parent];
  return parent ? depthOf(blocks, parent) + 1 : 0;
}

function kinds(text: string): string[] {
  return parseOutline(text).blocks.map((block) => block.level ?? block.kind);
}

function labelsIn(text: string): string[] {
  const labels = parseOutline(text).blocks.map((block) => block.label);
  return labels.filter((label) => label !== '');
}

function warnings(text: string): string[] {
  return parseOutline(text).warnings.map((warning) => `${warning.key} ${warning.line}`);
}

t.test('laws and rules', async (t) => {
  t.test('parts hold chapters, chapters sections, sections articles, articles lists', async (t) => {
    const text =
      '第一编 总则\n第一章 一般规定\n第一节 范围\n第一条 为了护林，制定本办法。\n第二条 下列树木不得砍伐：\n（一）古树；\n（二）名木：\n1.百年以上的；\n2.名人手植的。\n附　则\n第三条 本办法自公布之日起施行。';
    t.same(tree(text), [
      '第一编|总则',
      '  第一章|一般规定',
      '    第一节|范围',
      '      第一条|为了护林，制定本办法。',
      '      第二条|下列树木不得砍伐：',
      '        （一）|古树；',
      '        （二）|名木：',
      '          1.|百年以上的；',
      '          2.|名人手植的。',
      '附　则',
      '  第三条|本办法自公布之日起施行。',
    ]);
  });

  t.test(
    'the second paragraph of an article is a clause of its own, and the list behind it belongs to it',
    async (t) => {
      const text = '第一条 河长巡河。\n巡河时应当查看：\n（一）水质；\n（二）堤岸。';
      t.same(tree(text), [
        '第一条|河长巡河。',
        '  巡河时应当查看：',
        '    （一）|水质；',
        '    （二）|堤岸。',
      ]);
    },
  );

  t.test('Traditional labels carry three levels of lists, and 之一 its own article', async (t) => {
    const text =
      '第 9 條\n應備文件如下：\n一、申請書。\n二、圖說：\n（一）平面圖。\n1.比例尺。\n2.方位。\n第 9-1 條\n免附圖說。\n第十條之一　另定之。';
    t.same(tree(`第 8 條\n應申請。\n${text}`).slice(1), [
      '第 9 條|應備文件如下：',
      '  一、|申請書。',
      '  二、|圖說：',
      '    （一）|平面圖。',
      '      1.|比例尺。',
      '      2.|方位。',
      '第 9-1 條|免附圖說。',
      '第十條之一|另定之。',
    ]);
  });

  t.test('labels are read with any brackets, spaces and numerals', async (t) => {
    const text =
      '\u200b\u3000第1條\u00a0\u00a0范围。\n第２条 期限：\n(一）甲；\n（ 二 )乙。\n第三条 附带：\n㈠丙；\n㈡丁。';
    t.same(tree(text), [
      '第1條|范围。',
      '第２条|期限：',
      '  (一）|甲；',
      '  （ 二 )|乙。',
      '第三条|附带：',
      '  ㈠|丙；',
      '  ㈡|丁。',
    ]);
  });

  t.test('a caption in brackets is the heading of its article, a numeral or a note is not', async (t) => {
    t.same(
      tree(
        '第一条（立法目的）为了护林。\n第二条【范围】 适用于本县。\n第三条 （删除）\n第四条 （已废止）另定之。',
      ),
      [
        '第一条|立法目的|为了护林。',
        '第二条|范围|适用于本县。',
        '第三条|（删除）',
        '第四条|（已废止）另定之。',
      ],
    );
  });

  t.test('labels without space behind them are accepted by their number', async (t) => {
    t.same(
      tree('第一章总则\n第一条为了护林。\n第二条护林员巡山。\n第二章附则\n第三条自公布之日起施行。').length,
      5,
    );
  });

  t.test('a list inside a paragraph is cut out of it', async (t) => {
    t.same(
      tree('第一条 应当：（一）巡山；（二）报火。\n第二条 禁止：（一）野炊；\n（二）烧荒；（三）放炮。'),
      [
        '第一条|应当：',
        '  （一）|巡山；',
        '  （二）|报火。',
        '第二条|禁止：',
        '  （一）|野炊；',
        '  （二）|烧荒；',
        '  （三）|放炮。',
      ],
    );
  });
});

t.test('official documents', async (t) => {
  t.test('a level restarts under its parent or runs on through the document', async (t) => {
    const text =
      '一、总体要求\n（一）思路。先易后难。\n（二）目标。全部完成。\n二、任务\n（一）修路。今年完工。\n三、保障\n（二）筹钱。分年安排。\n1.县级出资。\n2.乡级出资。\n四、其他\n3.群众捐资。';
    t.same(tree(text), [
      '一、|总体要求',
      '  （一）|思路|先易后难。',
      '  （二）|目标|全部完成。',
      '二、|任务',
      '  （一）|修路|今年完工。',
      '三、|保障',
      '  （二）|筹钱|分年安排。',
      '    1.|县级出资。',
      '    2.|乡级出资。',
      '四、|其他',
      '  3.|群众捐资。',
    ]);
    t.same(warnings(text), [], 'nothing is doubted');
  });

  t.test('paragraphs behind a label belong to it', async (t) => {
    t.same(tree('一、修路\n先修村道。\n再修桥。\n二、种树'), ['一、|修路|先修村道。\n再修桥。', '二、|种树']);
  });

  t.test('dashes are entries when there are several', async (t) => {
    t.same(tree('一、原则\n——坚持节约。少花钱。\n——坚持质量。多验收。\n二、其他'), [
      '一、|原则',
      '  ——|坚持节约|少花钱。',
      '  ——|坚持质量|多验收。',
      '二、|其他',
    ]);
  });

  t.test('several documents in one paste each number from one', async (t) => {
    const text =
      '甲镇人民政府文件\n甲政发〔2024〕3号\n关于修路的意见\n一、修村道\n二、修桥\n甲镇人民政府\n2024年3月1日\n任务清单\n一、备料\n二、施工';
    t.same(kinds(text), [
      'subtitle',
      'documentNumber',
      'title',
      'h1',
      'h1',
      'signature',
      'date',
      'title',
      'h1',
      'h1',
    ]);
  });
});

t.test('words that look like a label and are none', async (t) => {
  const accepted: readonly [string, string[]][] = [
    ['第一条 安置：\n二、三产业安置移民。', ['第一条']],
    ['第一条 依第二條、\n第二條第一項第二款所稱情形。\n第二條 甲。', ['第一条', '第二條']],
    [
      '第一条 人员：\n（一）甲；\n（二）乙；\n（三）丙。\n（四）、（五）项所列人员除外。',
      ['第一条', '（一）', '（二）', '（三）'],
    ],
    ['第一条 目标：\n2016年脱贫1万人。\n2019-2020年,持续巩固。', ['第一条']],
    ['第一条 排量：\n1.0升（含）以下的车。\n(12個)\n(2015年12月30日)', ['第一条']],
    ['一、增加一条：\n“第二条之一 情形：\n（一）甲；\n“（二）乙。”\n二、施行。', ['一、', '二、']],
    ['第一条 甲：\n（一）一、二级乡道；\n（二）二、三级乡道。', ['第一条', '（一）', '（二）']],
  ];
  for (const [text, labels] of accepted) t.same(labelsIn(text), labels, text);
  t.same(tree('一、任务\n1.修路\n2.\u00a02016年修桥\n3.2017年种树'), [
    '一、|任务',
    '  1.|修路',
    '  2.|2016年修桥',
    '  3.|2017年种树',
  ]);
  t.same(
    tree('第一条 内容：\n（一）项目名称；\n（二）款项来源；\n（三）条件。').length,
    4,
    '项目 is a word, not a reference',
  );
});

t.test('numbers out of turn are accepted with a warning, or are text with a warning', async (t) => {
  t.same(warnings('第一条 甲。\n第三条 乙。'), ['gapInNumbers 2']);
  t.same(warnings('第一章 总则\n第一节 甲\n第一条 子。\n第二节 乙\n第二条 丑。\n第二节 丙\n第三条 寅。'), [
    'lostChapter 6',
  ]);
  t.same(warnings('第一条 甲。\n第二条 乙。\n第一条 丙。'), ['doubtfulLabel 3']);
  t.same(
    tree('第一条 甲。\n第三条 乙。\n第二条 丙。'),
    ['第一条|甲。', '  第三条 乙。', '第二条|丙。'],
    'a missing number that comes later is waited for',
  );
});

t.test('hard-wrapped lines are joined, and labels in the middle of a sentence are text', async (t) => {
  const words = '护林员应当每日巡山并记录所见情形报告林业站，依照前条及';
  const wrapped = (indent: string) =>
    `山林办法\n${indent}第一条 ${words.slice(0, 24 - indent.length)}\n${words.slice(24 - indent.length)}有关规定办理，遇有火情立即上报并组织扑救火场清理看\n第二条规定的值守由村民轮流承担不得空岗也不得顶替他人代\n替值守须经村委会同意后方可离开并于次日补足所缺的时辰不\n得拖延推诿。\n${indent}第二条 村委会安排值守。`;
  for (const indent of ['', '\u3000\u3000']) {
    const blocks = parseOutline(wrapped(indent)).blocks.filter((block) => block.kind === 'clause');
    t.same(
      blocks.map((block) => block.label),
      ['第一条', '第二条'],
    );
    t.same(blocks[0]?.lines, [2, 6]);
  }
});

t.test(
  'a full line that ends no sentence is joined neither with a first label nor with an indented line',
  async (t) => {
    const words = '护林员应当每日巡山并记录所见情形报告林业站存档备查';
    const full = (start: string) => (start + words).slice(0, 20);
    const lines = [
      full('青山县'),
      full('第一条'),
      words.slice(0, 20),
      words.slice(1, 21),
      words.slice(2, 22),
      '备查。',
    ];
    t.same(labelsIn(lines.join('\n')), ['第一条']);
    const indented = [
      ...lines,
      full('\u3000\u3000第二条'),
      words.slice(0, 20),
      full('\u3000\u3000第三条'),
      '存档。',
    ];
    indented[0] = '青山县护林办法';
    indented[1] = full('\u3000\u3000第一条');
    t.same(labelsIn(indented.join('\n')), ['第一条', '第二条', '第三条']);
  },
);

t.test('what is no text of the draft is set apart', async (t) => {
  t.test('a table of contents, with page numbers or without', async (t) => {
    const body = '第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。';
    for (const contents of [
      '目　录\n第一章 总则……1\n第二章 附则……3',
      '第一章 总则\n第二章 附则',
      '目录\n第一章\n第二章',
    ]) {
      t.same(kinds(`山林办法\n${contents}\n${body}`).slice(0, 3), ['title', 'contents', 'chapter'], contents);
      t.equal(tree(`山林办法\n${contents}\n${body}`).length, 4);
    }
  });

  t.test('navigation, page numbers and running headers', async (t) => {
    const long = '林业站应当巡查。'.repeat(40);
    const text = `当前位置：首页 > 文件\n山林办法\n第一条 ${long}\n- 1 -\n山林办法\n第二条 ${long}\n2\n第三条 ${long}\n[打印] | [关闭]`;
    t.same(kinds(text), [
      'furniture',
      'title',
      'article',
      'furniture',
      'article',
      'furniture',
      'article',
      'furniture',
    ]);
    t.match(warnings(text), [
      'furnitureRemoved 1',
      'furnitureRemoved 4',
      'furnitureRemoved 7',
      'furnitureRemoved 9',
    ]);
  });

  t.test('title, version, preamble, list of annexes, signature, date and annex', async (t) => {
    const text =
      '关于护林的意见\n（审议稿）\n为护林，提出如下意见。\n一、巡山\n附件：任务表\n甲镇人民政府\n2024年3月1日\n附件\n任务表\n序号\n任务\n1\n巡山\n2\n报火';
    t.same(kinds(text), ['title', 'subtitle', 'preamble', 'h1', 'contents', 'signature', 'date', 'annex']);
    const annex = parseOutline(text).blocks.at(-1);
    t.match(annex, {
      label: '附件',
      heading: '任务表',
      text: '序号\n任务\n1\n巡山\n2\n报火',
      lines: [8, 15],
    });
    t.same(warnings(text), ['flattenedTable 8']);
  });

  t.test('附件 in front of the next article is part of the draft', async (t) => {
    t.notOk(kinds('第一条 见附件。\n附件\n第二条 乙。').includes('annex'));
  });
});

t.test('a text without labels has its paragraphs as units, and says so', async (t) => {
  const text = '护林倡议\n春天到了，请勿上坟烧纸。\n发现火情请报告。';
  t.same(kinds(text), ['title', 'paragraph', 'paragraph']);
  t.same(addressesOf(parseOutline(text).blocks), ['title', 'para_1', 'para_2']);
  t.same(warnings(text), ['noClause 1']);
});

t.test('addresses', async (t) => {
  const addresses = (text: string) => addressesOf(parseOutline(text).blocks);
  t.same(addresses('第一章 甲\n第一条 乙：\n（一）丙；\n（二）丁。\n又一款。\n第一条之一 戊。'), [
    'chp_1',
    'art_1',
    'art_1__subpara_1',
    'art_1__subpara_2',
    'art_1__para_2',
    'art_1-1',
  ]);
  t.same(addresses('为了护林，提出意见。\n二、甲\n三、乙\n（一）丙\n附件\n表'), [
    'preamble',
    'h1_2',
    'h1_3',
    'h1_3__h2_1',
    'annex_1',
  ]);
  t.same(addresses('第一章 甲\n第一节 乙\n第一条 丙。\n第一节 丁\n第二条 戊。')[3], 'chp_1__sec_1-dup2');
});

t.test('nesting follows levels alone', async (t) => {
  const block = (level: Block['level'], kind: Block['kind'] = 'clause') => ({
    kind,
    level,
    label: '',
    heading: '',
    text: '',
    rows: null,
    lines: [1, 1] as const,
  });
  const parents = (blocks: ReturnType<typeof block>[]) => nest(blocks).map((one) => one.parent);
  t.same(
    parents([block('chapter'), block('article'), block('subparagraph'), block('section'), block('article')]),
    [null, 0, 1, 0, 3],
  );
  t.same(parents([block('article'), block('h1'), block('h3'), block('article')]), [null, null, 1, null]);
  t.same(
    parents([
      block('article'),
      block(null, 'annex'),
      block('article'),
      block(null, 'paragraph'),
      block(null, 'title'),
      block('h1'),
    ]),
    [null, null, 1, 2, null, null],
  );
});

const pieces = fc.constantFrom(
  '第',
  '条',
  '一',
  '二',
  '三',
  '章',
  '节',
  '（',
  '）',
  '(',
  ')',
  '、',
  '.',
  '1',
  '2',
  '。',
  '：',
  '；',
  '\n',
  '\n',
  '\n',
  ' ',
  '\u3000',
  '附件',
  '目录',
  '第一条 ',
  '第二条 ',
  '（一）',
  '（二）',
  '《',
  '》',
  '@',
  '电话：',
  '2021年8月3日',
  '关于公开征求意见的公告',
  '草案内容',
  '公开意见及建议',
  '——',
  '甲',
  '- 3 -',
  '\u200b',
  '𠮷',
  '\ud800',
  '\0',
  '\n| 甲 | 乙 |\n',
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 80 }).map((some) => some.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

t.test('properties', async (t) => {
  const visible = (text: string) => text.replace(/[\s\p{Cc}\p{Cf}]/gu, '');

  t.test('no line is lost or doubled, whatever the text', async (t) => {
    const ignored = /[。：:（）()【】〖〗[\]|]/g;
    fc.assert(
      fc.property(texts, (text) => {
        const paste = readPaste(text);
        const draft = paste.draft.blocks
          .map((block) => block.label + block.heading + block.text + (block.rows?.flat().join('') ?? ''))
          .join('');
        const out = visible(paste.announcement.text + draft + paste.feedback.text).replace(ignored, '');
        return [...out].sort().join('') === [...visible(text).replace(ignored, '')].sort().join('');
      }),
      { numRuns: 2000 },
    );
    t.pass();
  });

  t.test(
    'addresses are unique and plain, parents stand before their children, nesting again changes nothing',
    async (t) => {
      fc.assert(
        fc.property(texts, (text) => {
          const { blocks } = parseOutline(text);
          const addresses = addressesOf(blocks);
          const unique =
            new Set(addresses).size === blocks.length && addresses.every((one) => /^[a-z0-9_-]+$/.test(one));
          const ordered = blocks.every((block, index) => block.parent === null || block.parent < index);
          const levelled = blocks.every((block) => (block.kind === 'clause') === (block.level !== null));
          return unique && ordered && levelled && JSON.stringify(nest(blocks)) === JSON.stringify(blocks);
        }),
        { numRuns: 2000 },
      );
      t.pass();
    },
  );

  t.test('hostile texts are read whole', async (t) => {
    for (const piece of [
      '（',
      '第',
      '1',
      '第\n',
      '（一）\n',
      '目录\n',
      '附件\n',
      '电话：@',
      '《',
      '2021年',
      '…',
      ' ',
    ])
      t.ok(readPaste(`甲${piece.repeat(50_000)}`).draft, piece);
  });
});

const shared = '../shared/fixtures';
const skip = existsSync(shared) ? false : 'the folder ../shared is not here';

/** Labels that fold to the same thing: script, brackets and space do not count. */
function key(label: string): string {
  return label.replace(/\s/g, '').replace(/[（）]/g, (bracket) => (bracket === '（' ? '(' : ')'));
}

interface ExpectedNode {
  readonly label: string;
  readonly parentLabel: string | null;
  readonly heading: string;
  readonly line: number;
}

function outlineLines(blocks: readonly Block[]): string[] {
  return blocks
    .filter((block) => (block.kind === 'clause' && block.label !== '') || block.kind === 'annex')
    .map(
      (block) =>
        `${block.lines[0]} ${key(block.label)} in ${key((block.parent === null ? undefined : blocks[block.parent])?.label ?? '')}`,
    );
}

t.test('the outlines of the seeds', { skip }, async (t) => {
  for (const seed of ['000', '001', '004']) {
    const file = readdirSync(`${shared}/seeds`).find((name) => name.startsWith(seed)) ?? '';
    const { draft } = readPaste(readFileSync(`${shared}/seeds/${file}`, 'utf8'));
    const read = JSON.parse(readFileSync(`${shared}/outlines/${seed}.json`, 'utf8'));
    const nodes: ExpectedNode[] =
      seed === '004' ? read.flatMap((one: { nodes: ExpectedNode[] }) => one.nodes) : read;
    t.same(
      outlineLines(draft.blocks),
      nodes.map((node) => `${node.line} ${key(node.label)} in ${key(node.parentLabel ?? '')}`),
      seed,
    );
    for (const node of nodes) {
      const block = draft.blocks.find(
        (one) => one.lines[0] === node.line && key(one.label) === key(node.label),
      );
      const words = `${block?.heading}${block?.text}`.replace(/[\s。]/g, '');
      t.ok(words.startsWith(node.heading.replace(/[\s。]/g, '')), `${seed} line ${node.line}`);
    }
  }
});

t.test('the parts of a whole consultation', { skip }, async (t) => {
  const file = readdirSync(`${shared}/seeds`).find((name) => name.startsWith('000')) ?? '';
  const paste = readPaste(readFileSync(`${shared}/seeds/${file}`, 'utf8'));
  t.same(
    [paste.announcement.lines, paste.feedback.lines],
    [
      [1, 21],
      [633, 642],
    ],
  );
  t.same(paste.draft.blocks.filter((block) => block.level === 'h1').length, 4);
  t.same(paste.draft.blocks.filter((block) => block.level === 'h2').length, 22);
  t.same(
    paste.draft.warnings.map((warning) => warning.key),
    ['flattenedTable'],
  );
});

interface Case {
  readonly name: string;
  readonly text: string;
  readonly difficulty: 'basic' | 'noisy' | 'hard';
  readonly expected: { readonly nodes: readonly { label: string; parent: number | null }[] };
}

t.test('the clause trees of real laws and documents', { skip }, async (t) => {
  const reached = { basic: [0, 0], noisy: [0, 0], hard: [0, 0] };
  for (const line of readFileSync(`${shared}/cases-dev.jsonl`, 'utf8').split('\n').filter(Boolean)) {
    const { text, difficulty, expected } = JSON.parse(line) as Case;
    const wanted = expected.nodes.map(
      (node) => `${key(node.label)} in ${key(expected.nodes[node.parent ?? -1]?.label ?? '')}`,
    );
    const exact = JSON.stringify(labelled(readPaste(text).draft.blocks)) === JSON.stringify(wanted);
    reached[difficulty] = [(reached[difficulty][0] ?? 0) + Number(exact), (reached[difficulty][1] ?? 0) + 1];
  }
  const share = ([exact = 0, all = 1]: number[]) => exact / all;
  t.ok(share(reached.basic) >= 0.98, `basic ${reached.basic.join(' of ')}`);
  t.ok(share(reached.noisy) >= 0.95, `noisy ${reached.noisy.join(' of ')}`);
  t.ok(share(reached.hard) >= 0.9, `hard ${reached.hard.join(' of ')}`);
});

/** Labelled clauses with their nearest labelled ancestor. */
function labelled(blocks: readonly Block[]): string[] {
  const ancestor = (parent: number | null): string => {
    const block = parent === null ? undefined : blocks[parent];
    return block ? block.label || ancestor(block.parent) : '';
  };
  return blocks
    .filter((block) => block.kind === 'clause' && block.label !== '' && block.label !== '——')
    .map((block) => `${key(block.label)} in ${key(ancestor(block.parent))}`);
}
