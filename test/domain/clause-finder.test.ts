import fc from 'fast-check';
import t from 'tap';
import { citationOf } from '../../src/domain/citation.ts';
import { createClauseFinder, type FindableClause, namesWholeDraft } from '../../src/domain/clause-finder.ts';
import { stepsOf } from '../../src/domain/clause-path.ts';
import { chineseNumeral } from '../../src/domain/numerals.ts';
import { addressesOf } from '../../src/domain/parse/address.ts';
import { readPaste } from '../../src/domain/parse/paste.ts';
import { autoSettings } from '../../src/domain/parse/settings.ts';
import { loadFold } from '../../src/script.ts';

const fold = await loadFold();

const law = `清源县农村供水管理办法
第一章 总则
第一条 为了保障农村供水安全，制定本办法。
第二条 本办法适用于农村集中供水工程。
第二章 用水
第一节 水质
第三条 供水单位应当履行下列职责：
（一）每日检测水质；
（二）公布服务电话。
第三条之一 水厂应当设置围栏。
第四条 供水实行计量收费，一户一表。
停水超过二十四小时的，供水单位应当临时送水。
第二节 水价
第五条 水价由县人民政府依照价格法第四十条核定。
第三章 附则
第六条 本办法自公布之日起施行。
附件1
巡查要求
一、每日巡查一次。
二、发现漏损立即报告。
附件2
收费标准
一、居民用水每吨二元。`;
const official = `关于加强河道保洁的意见
一、总体要求
（一）指导思想。坚持预防为主。
（二）基本原则。分级负责。
二、主要任务
（一）清理漂浮物。每日清理。
（二）整治排污口。逐个编号。
1.摸清底数。
2.限期整改。
三、保障措施
各乡镇要落实经费。`;

interface Found extends FindableClause {
  readonly shown: string;
}

function clausesIn(source: string): Found[] {
  const { blocks } = readPaste(source, { ...autoSettings, whole: 'draft' }).draft;
  const addresses = addressesOf(blocks);
  return blocks.map(({ kind, level, parent, label, heading, text }, index) => ({
    ...{ kind, level, parent, shown: citationOf(blocks, index) },
    address: addresses[index] ?? '',
    citation: fold(citationOf(blocks, index)),
    label: fold(label),
    heading: fold(heading),
    text: fold(text),
  }));
}

function finderOf(source: string): (asked: string) => string[] {
  const find = createClauseFinder(clausesIn(source));
  return (asked) => find(fold(asked)).map(({ address }) => address);
}

t.test('a clause is found by number however it is written', async (t) => {
  const find = finderOf(law);
  for (const asked of [
    '3',
    '三',
    '３',
    '第三条',
    '第3条',
    '第 3 條',
    '3条',
    'art_3',
    'ART_3',
    '第三條',
    '第二章第三条',
  ])
    t.same(find(asked), ['art_3'], asked);
  for (const asked of [
    '第三条第二项',
    '第三条第（二）项',
    '3.2',
    '3（2）',
    '第3条(二)',
    '三 二',
    'art_3__subpara_2',
  ])
    t.same(find(asked), ['art_3__subpara_2'], asked);
  t.same(find('第三条之一'), ['art_3-1']);
  t.same(find('3之1'), ['art_3-1']);
  t.same(find('第4条第2款'), ['art_4__para_2']);
  t.same(find('第二章'), ['chp_2']);
  t.same(find('附件2'), ['annex_2']);
  t.same(find('99'), []);
  t.same(find('第一条第五款'), []);
  t.same(find('第四十条'), [], 'a number that only a text mentions is not in the draft');
});

t.test('an article of an annex does not stand in the way of the draft’s own', async (t) => {
  const clauses = clausesIn(law);
  const annex = clauses.findIndex(({ address }) => address === 'annex_1');
  const article = clauses.find(({ address }) => address === 'art_3') as Found;
  const find = createClauseFinder([...clauses, { ...article, address: 'annex_1__art_3', parent: annex }]);
  t.same(
    find('3').map(({ address }) => address),
    ['art_3'],
  );
  t.same(
    find('附件1第三条').map(({ address }) => address),
    ['annex_1__art_3'],
  );
  t.same(
    find('第三条').map(({ address }) => address),
    ['art_3'],
  );
});

t.test('the numbers of official documents are found by their levels', async (t) => {
  const find = finderOf(official);
  for (const asked of ['二', '2', '二、', '第二条']) t.same(find(asked), ['h1_2'], asked);
  for (const asked of ['二、（二）', '二(二)', '2.2', '2（2）']) t.same(find(asked), ['h1_2__h2_2'], asked);
  t.same(find('二（二）2'), ['h1_2__h2_2__h3_2']);
  t.same(find('（二）'), ['h1_1__h2_2', 'h1_2__h2_2'], 'where several can be meant, all are named');
});

t.test(
  'words are looked for in headings first, then in the text, whatever the script and width',
  async (t) => {
    const find = finderOf(law);
    t.same(find('水价'), ['chp_2__sec_2'], 'a heading, though the text of 第五条 has the word as well');
    t.same(find('第一节'), ['chp_2__sec_1']);
    t.same(find('總則'), ['chp_1']);
    t.same(find('圍欄'), ['art_3-1']);
    t.same(find('漏损 报告'), ['annex_1'], 'all of the words');
    t.ok(find('供水').length > 3);
    t.same(find('没有的词'), []);
    t.same(find('附则'), ['chp_3']);
  },
);

t.test('nothing and 整体意见 name the whole draft', async (t) => {
  for (const asked of ['', ' ', '整体意见', '整体', '全文', '整个草案']) t.ok(namesWholeDraft(asked), asked);
  for (const asked of ['3', '第三条', '整体要求']) t.notOk(namesWholeDraft(asked), asked);
});

const items = fc.integer({ min: 0, max: 3 });
const article = fc.record({ items, extra: fc.boolean(), topic: fc.stringMatching(/^[甲乙丙丁戊己]{1,6}$/) });
const chapters = fc.array(fc.array(article, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });

function lawOf(parts: readonly (readonly { items: number; extra: boolean; topic: string }[])[]): string {
  let number = 0;
  const lines = parts.flatMap((articles, chapter) => [
    `第${chineseNumeral(chapter + 1)}章 规定`,
    ...articles.flatMap(({ items: count, extra, topic }) => {
      number += 1;
      return [
        `第${chineseNumeral(number)}条 ${topic}应当遵守下列${count > 0 ? '规定：' : '规定。'}`,
        ...Array.from({ length: count }, (_, index) => `（${chineseNumeral(index + 1)}）${topic}登记；`),
        ...(extra ? ['违反前款规定的，责令改正。'] : []),
      ];
    }),
  ]);
  return ['某某管理办法', ...lines].join('\n');
}

t.test('whatever the outline, address and number find their article, a citation what it cites', async () => {
  fc.assert(
    fc.property(chapters, (parts) => {
      const source = lawOf(parts);
      const [clauses, find] = [clausesIn(source), finderOf(source)];
      const cited = clauses.filter(({ kind, citation }) => kind === 'clause' && citation !== '');
      return cited.every(({ address, shown, level }) => {
        const alike = cited.filter((each) => each.shown === shown).map((each) => each.address);
        const number = /^art_(\d+)$/.exec(address)?.[1];
        const spellings = number ? [number, `第${number}条`, chineseNumeral(Number(number))] : [];
        return (
          find(address).join() === address &&
          find(shown).join() === alike.join() &&
          (level !== 'article' || spellings.every((asked) => find(asked).join() === address))
        );
      });
    }),
    { numRuns: 60 },
  );
});

t.test(
  'whatever is asked, only clauses of the draft are found, and a reference is read in one go',
  async () => {
    const clauses = clausesIn(law);
    const find = createClauseFinder(clauses);
    const pieces = fc.constantFrom(
      '第',
      '三',
      '3',
      '条',
      '(',
      ')',
      '项',
      '之',
      '-',
      ' ',
      '附件',
      '、',
      '.',
      '水',
      '章',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (asked) => {
          const found = find(asked);
          return found.every((each) => clauses.includes(each)) && new Set(found).size === found.length;
        },
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 400 }), (all) => stepsOf(all.join('')) !== undefined),
    );
  },
);
