import fc from 'fast-check';
import t from 'tap';
import { chineseNumeral } from '../../src/domain/numerals.ts';
import { addressesOf } from '../../src/domain/parse/address.ts';
import { parseOutline } from '../../src/domain/parse/outline.ts';
import { compareVersions } from '../../src/domain/versions/compare.ts';
import { diffText, type Run } from '../../src/domain/versions/diff.ts';
import { foldedText } from '../../src/domain/versions/fold.ts';
import {
  type ClauseLink,
  isMapped,
  linkKinds,
  mapClauses,
  type VersionClause,
} from '../../src/domain/versions/map.ts';
import { placementsOf } from '../../src/domain/versions/place.ts';
import { relink } from '../../src/domain/versions/relink.ts';
import { edited } from './versions-edits.ts';
import { madeVersions, scored } from './versions-score.ts';
import { written } from './versions-scripts.ts';
import { chanceOf } from './versions-words.ts';

function version(text: string): VersionClause[] {
  const { blocks } = parseOutline(text);
  const addresses = addressesOf(blocks);
  return blocks.map((block, index) => ({ ...block, address: addresses[index] ?? '' }));
}

/** One line per link: kind, old addresses, new addresses; those that are the same are left out. */
function links(old: string, next: string): string[] {
  return told(mapClauses(version(old), version(next))).filter((line) => !line.startsWith('same'));
}

function told(links: readonly ClauseLink[]): string[] {
  return links.map(({ kind, from, to }) => `${kind} ${from.join('+')} > ${to.join('+')}`);
}

function marked(runs: readonly Run[]): string {
  const signs = { kept: '', inserted: '+', deleted: '-' };
  return runs.map(({ kind, text }) => (kind === 'kept' ? text : `[${signs[kind]}${text}]`)).join('');
}

function isWhole(links: readonly ClauseLink[], old: VersionClause[], next: VersionClause[]): boolean {
  const addresses = (clauses: VersionClause[]): string =>
    JSON.stringify(
      clauses
        .filter(isMapped)
        .map((clause) => clause.address)
        .sort(),
    );
  const shapesFit = links.every(({ kind, from, to }) => {
    const [least, most] = [Math.min(from.length, to.length), Math.max(from.length, to.length)];
    if (kind === 'deleted') return from.length === 1 && to.length === 0;
    if (kind === 'new') return from.length === 0 && to.length === 1;
    if (kind === 'split') return from.length === 1 && to.length > 1;
    if (kind === 'merged') return from.length > 1 && to.length === 1;
    return least === 1 && most === 1;
  });
  return (
    shapesFit &&
    JSON.stringify(links.flatMap(({ from }) => from).sort()) === addresses(old) &&
    JSON.stringify(links.flatMap(({ to }) => to).sort()) === addresses(next)
  );
}

const bridge = '第一条 吊桥每月检查一次，由养护单位记入台账。';
const lamp = '第二条 路灯损坏的，街道办事处应当在三日内修复。';
const bench = '第三条 公园长椅由捐赠人命名，铭牌不得印广告。';
const boat = '第四条 渡船夜间停航，遇有急病的除外。';

t.test('what became of a clause', async (t) => {
  t.test('the same text under the same label is the same, whatever the width of its signs', async (t) => {
    t.same(
      links(`${bridge}\n${lamp}`, `${bridge.replace('，', ',')}\n${lamp.replace('第二条 ', '第2条　')}`),
      [],
    );
  });

  t.test('a changed stop amends a clause', async (t) => {
    t.same(links(bridge, bridge.replace('，', '；')), ['amended art_1 > art_1']);
  });

  t.test('an inserted article renumbers those behind it', async (t) => {
    const next = `${bridge}\n第二条 桥头设限重标志。\n${lamp.replace('二', '三')}\n${bench.replace('三', '四')}`;
    t.same(links(`${bridge}\n${lamp}\n${bench}`, next), [
      'new  > art_2',
      'renumbered art_2 > art_3',
      'renumbered art_3 > art_4',
    ]);
  });

  t.test('a deleted article stands in the links where it stood', async (t) => {
    const next = `${bridge}\n${bench.replace('三', '二')}`;
    t.same(links(`${bridge}\n${lamp}\n${bench}`, next), ['deleted art_2 > ', 'renumbered art_3 > art_2']);
  });

  t.test('of articles in another order the fewest have moved', async (t) => {
    const next = [
      boat.replace('四', '一'),
      bridge.replace('一', '二'),
      lamp.replace('二', '三'),
      bench.replace('三', '四'),
    ];
    t.same(links([bridge, lamp, bench, boat].join('\n'), next.join('\n')), [
      'moved art_4 > art_1',
      'renumbered art_1 > art_2',
      'renumbered art_2 > art_3',
      'renumbered art_3 > art_4',
    ]);
  });

  t.test('an article in another chapter has moved; chapters put above articles move none', async (t) => {
    const chapters = `第一章 桥\n${bridge}\n${lamp}\n第二章 园\n${bench}\n${boat}`;
    const moved = `第一章 桥\n${bridge}\n第二章 园\n第二条 公园长椅由捐赠人命名，铭牌不得印广告。\n第三条 路灯损坏的，街道办事处应当在三日内修复。\n${boat}`;
    t.same(links(chapters, moved), ['renumbered art_3 > art_2', 'moved art_2 > art_3']);
    t.same(links([bridge, lamp, bench, boat].join('\n'), chapters), ['new  > chp_1', 'new  > chp_2']);
  });

  t.test('an article that keeps its number is the same, whichever chapter stands above it now', async (t) => {
    const old = `第一章 桥\n${bridge}\n${lamp}\n第二章 园\n${bench}\n${boat}`;
    t.same(links(old, `第一章 桥\n${bridge}\n${lamp}\n${bench}\n第二章 园\n${boat}`), []);
  });

  t.test('a reworded clause is amended, under another number too', async (t) => {
    const next = `${bridge}\n第二条 桥头设限重标志。\n第三条 路灯损坏的，县住建部门应当在两日内修复。`;
    t.same(links(`${bridge}\n${lamp}`, next), ['new  > art_2', 'amended art_2 > art_3']);
  });

  t.test('an article rewritten from end to end is deleted and new, though its number stays', async (t) => {
    t.same(links(`${bridge}\n${lamp}`, `${bridge}\n第二条 申领渔证须年满十六周岁。`), [
      'deleted art_2 > ',
      'new  > art_2',
    ]);
  });

  t.test('two sentences that part are split, two articles that join are merged', async (t) => {
    const two = `${bridge}\n第二条 路灯每季度清洁一次，费用由县财政承担。路灯损坏的，街道办事处应当在三日内修复。\n${bench}`;
    const three = `${bridge}\n第二条 路灯每季度清洁一次，费用由县财政承担。\n第三条 路灯损坏的，街道办事处应当在三日内修复。\n${bench.replace('三', '四')}`;
    t.same(links(two, three), ['split art_2 > art_2+art_3', 'renumbered art_3 > art_4']);
    t.same(links(three, two), ['merged art_2+art_3 > art_2', 'renumbered art_4 > art_3']);
  });

  t.test('a paragraph that becomes an article has moved', async (t) => {
    const old = `${bridge}\n吊桥限载二十人，超过的由值守人员劝阻。\n${lamp}`;
    const next = `${bridge}\n第二条 吊桥限载二十人，超过的由值守人员劝阻。\n${lamp.replace('二', '三')}`;
    t.same(links(old, next), ['moved art_1__para_2 > art_2', 'renumbered art_2 > art_3']);
  });

  t.test('a chapter is known by what it holds when its heading and number change', async (t) => {
    const old = `第一章 桥梁\n${bridge}\n${lamp}\n第二章 公园\n${bench}\n${boat}`;
    const next = `第一章 总则\n第一条 本办法适用于本县城区。\n第二章 设施养护\n第二条 吊桥每月检查一次，由养护单位记入台账。\n${lamp.replace('二', '三')}\n第三章 公园\n${bench.replace('三', '四')}\n${boat.replace('四', '五')}`;
    t.same(links(old, next).slice(0, 3), ['new  > chp_1', 'new  > art_1', 'amended chp_1 > chp_2']);
    t.ok(links(old, next).includes('renumbered chp_2 > chp_3'));
  });

  t.test('items are mapped inside their own article first, equal words elsewhere or not', async (t) => {
    const old =
      '第一条 申请摆摊应当提交：\n（一）申请书；\n（二）身份证明；\n（三）其他材料。\n第二条 申请停渡应当提交：\n（一）申请书；\n（二）其他材料。';
    const next =
      '第一条 申请摆摊的，应当提交下列材料：\n（一）身份证明；\n（二）其他材料。\n第二条 申请停渡应当提交：\n（一）申请书；\n（二）停渡理由；\n（三）其他材料。';
    t.same(links(old, next), [
      'amended art_1 > art_1',
      'deleted art_1__subpara_1 > ',
      'renumbered art_1__subpara_2 > art_1__subpara_1',
      'renumbered art_1__subpara_3 > art_1__subpara_2',
      'new  > art_2__subpara_2',
      'renumbered art_2__subpara_2 > art_2__subpara_3',
    ]);
  });

  t.test('of clauses that say the same, each stays beside its neighbours', async (t) => {
    const same = (label: string): string => `第${label}条 具体办法由县人民政府另行规定。`;
    const old = [bridge, same('二'), bench, same('四'), '第五条 渡船夜间停航，遇有急病的除外。', same('六')];
    const next = [bench.replace('三', '一'), same('二'), '第三条 渡船夜间停航，遇有急病的除外。', same('四')];
    t.same(told(mapClauses(version(old.join('\n')), version(next.join('\n')))), [
      'deleted art_1 > ',
      'deleted art_2 > ',
      'renumbered art_3 > art_1',
      'renumbered art_4 > art_2',
      'renumbered art_5 > art_3',
      'renumbered art_6 > art_4',
    ]);
  });

  t.test(
    'an item that stands in very many articles is mapped inside each, also when all are amended',
    async (t) => {
      const articles = (item: string, verb: string): string =>
        Array.from({ length: 40 }, (_, index) => {
          const name = String.fromCodePoint(0x6000 + index).repeat(6);
          return `第${chineseNumeral(index + 1)}条 申请${name}的，${verb}提交：\n（一）申请书；\n${item}`;
        }).join('\n');
      const old = version(articles('（二）其他材料。', '应当'));
      const next = version(articles('（二）位置图；\n（三）其他材料。', '必须'));
      const others = told(mapClauses(old, next)).filter((line) => line.startsWith('renumbered'));
      t.same(
        others,
        Array.from(
          others,
          (_, index) => `renumbered art_${index + 1}__subpara_2 > art_${index + 1}__subpara_3`,
        ),
      );
      t.equal(others.length, 40);
    },
  );

  t.test('a deleted article stands behind all of the one before it', async (t) => {
    const old = `第一条 禁止下列行为：\n（一）攀爬吊桥；\n（二）折断树枝。\n${lamp}\n${bench}`;
    const next = `第一条 禁止下列行为：\n（一）攀爬吊桥；\n（二）折断树枝。\n${bench.replace('三', '二')}`;
    t.equal(told(mapClauses(version(old), version(next)))[3], 'deleted art_2 > ');
  });

  t.test('a sentence that is said once more, and still stands in its place, makes no split', async (t) => {
    const both = '第二条 路灯每季度清洁一次，费用由县财政承担。路灯损坏的，街道办事处应当在三日内修复。';
    const next = `${bridge}\n${both.replace('三日', '两日')}\n第三条 路灯每季度清洁一次，费用由县财政承担。`;
    t.same(links(`${bridge}\n${both}`, next), ['amended art_2 > art_2', 'new  > art_3']);
  });

  t.test('a title is the title, whatever it says; furniture and dates are in no link', async (t) => {
    const old = `护桥办法（征求意见稿）\n${bridge}`;
    t.same(links(old, `吊桥与渡口管理规定（第二次征求意见稿）\n${bridge}`), ['amended title > title']);
    const dated: VersionClause[] = [
      ...version(old),
      { ...version(bridge)[0], kind: 'date', address: 'date' } as VersionClause,
    ];
    t.notOk(told(mapClauses(dated, dated)).join().includes('date'));
  });
});

t.test('random edit scripts', async (t) => {
  t.test('unchanged and renumbered clauses are mapped right, 95 of 100 at least', async (t) => {
    const scores = scored(Array.from({ length: 100 }, (_, seed) => seed));
    for (const [fate, least] of Object.entries({
      same: 95,
      renumbered: 95,
      amended: 90,
      split: 80,
      merged: 80,
      deleted: 90,
      new: 85,
    })) {
      const { clauses, mapped } = scores[fate as keyof typeof scores];
      t.ok(mapped * 100 >= least * clauses, `${fate}: ${mapped} of ${clauses}`);
      t.ok(clauses > 20, `${fate} occurs`);
    }
  });

  t.test(
    'every old clause is in one link, every new one in one, and the kinds fit their sides',
    async (t) => {
      const claim = fc.property(fc.nat(), (seed) => {
        const { old, next } = madeVersions(seed);
        return isWhole(mapClauses(old.clauses, next.clauses), old.clauses, next.clauses);
      });
      t.doesNotThrow(() => fc.assert(claim, { numRuns: 60 }));
    },
  );

  t.test('links follow the new version', async (t) => {
    const claim = fc.property(fc.nat(), (seed) => {
      const { old, next } = madeVersions(seed);
      const places = new Map(next.clauses.map((clause, index) => [clause.address, index]));
      const order = mapClauses(old.clauses, next.clauses).flatMap(({ to }) => places.get(to[0] ?? '') ?? []);
      return order.every((place, index) => index === 0 || place > (order[index - 1] ?? 0));
    });
    t.doesNotThrow(() => fc.assert(claim, { numRuns: 30 }));
  });

  t.test(
    'over several versions every clause is placed, moved or orphaned, and stands where it says',
    async (t) => {
      const claim = fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (seed, steps) => {
        const chance = chanceOf(seed);
        let draft = madeVersions(seed).old.leaves.filter((leaf) => leaf.level !== 'subparagraph');
        draft = draft.filter((leaf) => leaf.level === 'article');
        const versions = [written(draft).clauses];
        for (let step = 0; step < steps; step += 1) {
          draft = edited(chance, draft, 4);
          versions.push(written(draft).clauses);
        }
        const chain = versions.slice(1).map((next, index) => mapClauses(versions[index] ?? [], next));
        const placements = placementsOf(chain);
        const last = new Set(versions.at(-1)?.map((clause) => clause.address));
        return (
          placements.size === versions[0]?.length &&
          [...placements.values()].every(({ state, address }) =>
            state === 'orphaned' ? address === null : address !== null && last.has(address),
          )
        );
      });
      t.doesNotThrow(() => fc.assert(claim, { numRuns: 40 }));
    },
  );

  t.test('any corrections leave every clause in one link', async (t) => {
    const choices = fc.array(fc.tuple(fc.nat(), fc.array(fc.nat(), { maxLength: 3 })), { maxLength: 8 });
    const claim = fc.property(fc.nat(), choices, (seed, picks) => {
      const [old, next] = [madeVersions(seed).old.clauses, madeVersions(seed).next.clauses];
      let result = mapClauses(old, next);
      for (const [from, to] of picks) {
        const choice = {
          from: old[from % old.length]?.address ?? '',
          to: to.map((place) => next[place % next.length]?.address ?? ''),
        };
        const relinked = relink(result, old, next, choice);
        if (!Array.isArray(relinked)) continue;
        result = relinked;
        const made = result.find((link) => link.from.includes(choice.from));
        if (made?.by !== 'officer' || new Set(choice.to).size !== made.to.length) return false;
      }
      return isWhole(result, old, next);
    });
    t.doesNotThrow(() => fc.assert(claim, { numRuns: 30 }));
  });
});

t.test('any blocks at all can be mapped', async (t) => {
  const clause = fc.record({
    kind: fc.constantFrom('clause', 'paragraph', 'table', 'annex', 'furniture', 'title'),
    level: fc.constantFrom('article', 'chapter', 'item', 'h1'),
    label: fc.constantFrom('', '第一条', '（一）', '附件'),
    heading: fc.constantFrom('', '总则'),
    text: fc.oneof(
      fc.constantFrom('', '同上', '甲乙丙丁戊己庚辛'),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    above: fc.nat(),
    isTop: fc.boolean(),
  });
  const clauses = fc.array(clause, { maxLength: 25 }).map((all): VersionClause[] =>
    all.map(({ above, isTop, kind, level, ...rest }, index) => ({
      ...rest,
      kind: kind as VersionClause['kind'],
      level: kind === 'clause' ? (level as VersionClause['level']) : null,
      parent: isTop || index === 0 ? null : above % index,
      rows: kind === 'table' ? [[rest.text], ['二', '']] : null,
      address: `a${index}`,
    })),
  );
  const claim = fc.property(clauses, clauses, (old, next) => isWhole(mapClauses(old, next), old, next));
  t.doesNotThrow(() => fc.assert(claim, { numRuns: 300 }));
  const itself = fc.property(clauses, (all) =>
    mapClauses(all, all).every(
      ({ kind, from, to }) => from.length === 1 && to.length === 1 && kind !== 'amended',
    ),
  );
  t.doesNotThrow(() => fc.assert(itself, { numRuns: 300 }));
});

t.test('20,000 clauses that are all alike, all empty, all in one another', async (t) => {
  const many = (text: (index: number) => string, isDeep = false): VersionClause[] =>
    Array.from({ length: 20_000 }, (_, index) => ({
      kind: 'clause',
      level: 'article',
      parent: isDeep && index > 0 ? index - 1 : null,
      label: '',
      heading: '',
      text: text(index),
      rows: null,
      address: `a${index}`,
    }));
  for (const [old, next] of [
    [many(() => '同样的一句话，说了又说。'), many(() => '同样的一句话，说了又说。').slice(5000)],
    [many(() => ''), many(() => '')],
    [many((index) => `第${index}号`, true), many((index) => `第${index + 1}号`, true)],
  ] as const)
    t.ok(isWhole(mapClauses(old, next), [...old], [...next]));
});

t.test('an officer corrects a link', async (t) => {
  const old = version(`${bridge}\n${lamp}\n${bench}`);
  const next = version(`${bridge}\n${lamp}\n第三条 渡口设候船亭，由乡镇人民政府维修。`);
  const mapped = mapClauses(old, next);

  t.test('to a new clause: both leave deleted and new', async (t) => {
    const result = relink(mapped, old, next, { from: 'art_3', to: ['art_3'] });
    t.same(told(result as ClauseLink[]).slice(2), ['amended art_3 > art_3']);
    t.same(
      (result as ClauseLink[]).map(({ by }) => by),
      ['program', 'program', 'officer'],
    );
  });

  t.test('to one that another has: both are merged into it', async (t) => {
    const result = relink(mapped, old, next, { from: 'art_3', to: ['art_2'] });
    t.same(told(result as ClauseLink[]).slice(1), ['merged art_2+art_3 > art_2', 'new  > art_3']);
    const back = relink(result as ClauseLink[], old, next, { from: 'art_3', to: [] });
    t.same(told(back as ClauseLink[]), told(mapped));
  });

  t.test('to several: a split; one that would leave another clause with nothing is an issue', async (t) => {
    const split = relink(mapped, old, next, { from: 'art_2', to: ['art_3', 'art_2'] });
    t.same(told(split as ClauseLink[])[1], 'split art_2 > art_2+art_3');
    const taken = relink(mapped, old, next, { from: 'art_3', to: ['art_1', 'art_3'] });
    t.same(taken, { field: 'to', key: 'takenBySplit', values: { clause: '第一条' } });
  });

  t.test('to nothing: deleted', async (t) => {
    const result = relink(mapped, old, next, { from: 'art_1', to: [] });
    t.ok(told(result as ClauseLink[]).includes('deleted art_1 > '));
    t.ok(told(result as ClauseLink[]).includes('new  > art_1'));
  });

  t.test('an address that neither version knows is an issue', async (t) => {
    const unknown = { field: 'to', key: 'unknownClause' };
    t.same(relink(mapped, old, next, { from: 'art_9', to: [] }), unknown);
    t.same(relink(mapped, old, next, { from: 'art_1', to: ['art_9'] }), unknown);
  });
});

t.test('placements follow the links of several versions', async (t) => {
  const link = (kind: ClauseLink['kind'], from: string[], to: string[]): ClauseLink => ({
    kind,
    from,
    to,
    by: 'program',
    similarity: 1,
  });
  const placements = placementsOf([
    [
      link('moved', ['a'], ['b']),
      link('split', ['c'], ['c', 'd']),
      link('deleted', ['e'], []),
      link('new', [], ['f']),
    ],
    [
      link('same', ['b'], ['b']),
      link('renumbered', ['c'], ['g']),
      link('deleted', ['d'], []),
      link('same', ['f'], ['e']),
    ],
  ]);
  t.same(
    [...placements],
    [
      ['a', { state: 'moved', address: 'b' }],
      ['c', { state: 'placed', address: 'g' }],
      ['e', { state: 'orphaned', address: null }],
    ],
  );
  t.same(placementsOf([]).size, 0);
});

t.test('the marked text', async (t) => {
  for (const [old, next, wanted] of [
    ['每月检查一次。', '每月检查一次。', '每月检查一次。'],
    ['', '新增一款。', '[+新增一款。]'],
    [
      '自收到申请之日起二十日内决定。',
      '自受理申请之日起十五个工作日内决定。',
      '自[-收到][+受理]申请之日起[-二十][+十五个工作]日内决定。',
    ],
    ['依照第十二条处罚。', '依照第十三条处罚。', '依照[-第十二条][+第十三条]处罚。'],
    ['鼓励认养。鼓励捐赠。', '鼓励认养。鼓励投资。鼓励捐赠。', '鼓励认养。[+鼓励投资。]鼓励捐赠。'],
    ['由县林业局负责', '由市林草局负责', '由[-县林业][+市林草]局负责'],
    ['宽1,200毫米', '宽1,500毫米', '宽[-1,200][+1,500]毫米'],
    ['摊位租金每年核定。', '渡船夜间一律停航。', '[-摊位租金每年核定][+渡船夜间一律停航]。'],
    ['县级人民政府负责。', '县级以上人民政府和部门负责。', '县级[+以上]人民政府[+和部门]负责。'],
  ] as const)
    t.equal(marked(diffText(old, next)), wanted);

  t.test('kept and deleted are the old text, kept and inserted the new one', async (t) => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc
        .array(fc.constantFrom('甲', '乙', '，', '。', '第十二条', '二十', 'km', ' ', '\n', '𠮷'), {
          maxLength: 60,
        })
        .map((all) => all.join('')),
    );
    const holds = (runs: readonly Run[], old: string, next: string): boolean =>
      join(runs, 'inserted') === old &&
      join(runs, 'deleted') === next &&
      runs.every((run, index) => run.text !== '' && run.kind !== runs[index - 1]?.kind);
    const claim = fc.property(text, text, (old, next) => holds(diffText(old, next), old, next));
    t.doesNotThrow(() => fc.assert(claim, { numRuns: 1000 }));
    for (const [old, next] of longTexts()) t.ok(holds(diffText(old, next), old, next));
  });
});

function join(runs: readonly Run[], without: Run['kind']): string {
  return runs
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');
}

/** Texts of 20,000 characters that have nothing, one character over and over, or many small edits between them. */
function longTexts(): [string, string][] {
  const long = (seed: number, letters: number): string => {
    const chance = chanceOf(seed);
    return Array.from({ length: 20_000 }, () => String.fromCodePoint(0x4e00 + chance.below(letters))).join(
      '',
    );
  };
  const text = long(3, 800);
  return [
    [long(1, 3000), long(2, 3000)],
    [long(1, 2), long(2, 2)],
    ['河'.repeat(20_000), `桥${'河'.repeat(19_000)}桥`],
    [text, text.replace(/.{37}/gsu, '$&新增文字')],
  ];
}

t.test('a comparison has a row for each link, with clauses and runs', async (t) => {
  const old = version(`${bridge}\n${lamp}\n${bench}`);
  const next = version(`${bridge}\n第二条 路灯损坏的，街道办事处应当在两日内修复。\n第三条 渡口设候船亭。`);
  const rows = compareVersions(old, next, mapClauses(old, next));
  t.same(
    rows.map(({ link, label, text }) => `${link.kind} ${marked(label)} ${marked(text)}`),
    [
      'same 第一条 吊桥每月检查一次，由养护单位记入台账。',
      'amended 第二条 路灯损坏的，街道办事处应当在[-三][+两]日内修复。',
      'deleted [-第三条] [-公园长椅由捐赠人命名，铭牌不得印广告。]',
      'new [+第三条] [+渡口设候船亭。]',
    ],
  );

  t.test('tables are compared cell by cell, a line for each row', async (t) => {
    const table = (rows: string[][]): VersionClause[] => [
      { kind: 'table', level: null, parent: null, label: '', heading: '', text: '', rows, address: 'table' },
    ];
    const texts = (before: string[][], after: string[][]): string => {
      const [one, other] = [table(before), table(after)];
      return marked(compareVersions(one, other, mapClauses(one, other))[0]?.text ?? []);
    };
    const head = ['序号', '桥名'];
    t.equal(texts([head, ['1', '东桥']], [head, ['1', '西桥']]), '序号 ｜ 桥名\n1 ｜ [-东][+西]桥');
    t.equal(texts([head, ['1', '东桥']], [head]), '序号 ｜ 桥名[-\n1 ｜ 东桥]');
    t.equal(
      texts([head, ['2', '北桥']], [head, ['1', '东桥'], ['2', '北桥']]),
      '序号 ｜ 桥名\n[+1 ｜ 东桥\n]2 ｜ 北桥',
    );

    const rows = fc.array(fc.array(fc.constantFrom('', '甲', '乙桥', '1'), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 6,
    });
    const claim = fc.property(rows, rows, (before, after) => {
      const [one, other] = [table(before), table(after)];
      const link: ClauseLink = {
        kind: 'amended',
        from: ['table'],
        to: ['table'],
        by: 'program',
        similarity: 0,
      };
      const runs = compareVersions(one, other, [link])[0]?.text ?? [];
      const lines = (all: string[][]): string => all.map((row) => row.join(' ｜ ')).join('\n');
      return join(runs, 'inserted') === lines(before) && join(runs, 'deleted') === lines(after);
    });
    t.doesNotThrow(() => fc.assert(claim, { numRuns: 500 }));
  });
});

t.test('every kind of link can come out', async (t) => {
  const kinds = new Set<string>();
  for (let seed = 0; seed < 40; seed += 1) {
    const { old, next } = madeVersions(seed);
    for (const { kind } of mapClauses(old.clauses, next.clauses)) kinds.add(kind);
  }
  t.same([...kinds].sort(), [...linkKinds].sort());
});

t.test('folding leaves out what only typing makes different', async (t) => {
  t.equal(foldedText('（一） “甲”——乙。ＡＢ１\u3000'), '(一)"甲"-乙.AB1');
});
