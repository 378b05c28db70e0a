/** Chance that gives the same each time: whole numbers below `limit`. */
export type Chance = (limit: number) => number;

/** A made-up comment with the letter it is a copy of; null for words of one's own. */
export interface MadeComment {
  readonly id: number;
  readonly clause: number;
  readonly stance: string;
  readonly text: string;
  readonly letter: number | null;
}

/** Chance from a seed (xorshift). */
export function chanceFrom(seed: number): Chance {
  let state = seed | 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/**
 * Comments on twenty clauses, `letterShare` of 100 of them copies of form letters: word for word, typed otherwise, with
 * a name and numbers filled in, with a sentence added or a word changed. The others are everyone's own.
 */
export function madeComments(count: number, letterShare: number, chance: Chance): MadeComment[] {
  const letters = Array.from({ length: Math.max(4, Math.floor(count / 500)) }, (_, number) =>
    letter(number, chance),
  );
  return Array.from({ length: count }, (_, id) => {
    if (chance(100) >= letterShare) {
      const clause = 1 + chance(20);
      return { id, clause, stance: 'amend', text: ownWords(clause, chance), letter: null };
    }
    const number = chance(letters.length);
    const clause = 1 + (number % 20);
    return { id, clause, stance: 'amend', text: copyOf(letters[number] as string, chance), letter: number };
  });
}

/** A copy of a letter as a person sends it. */
export function copyOf(letter: string, chance: Chance): string {
  const changes = [
    () => letter,
    () => letter,
    () => otherwiseTyped(letter),
    () => letter.replace('本人', `本人${name(chance)}`),
    () =>
      letter
        .replace('3栋502室', `${1 + chance(30)}栋${101 + chance(2000)}室`)
        .replace('12年', `${1 + chance(40)}年`),
    () => `${letter}${sentence(chance)}`,
    () => `${name(chance)}：${letter}${sentence(chance)}`,
    () => letter.replace('希望', '恳请').replace('因此', '所以'),
  ];
  return (changes[chance(changes.length)] as () => string)();
}

/** The same letter asking for the opposite. */
export function turned(letter: string): string {
  return letter.replace('延长', '缩短').replace('应当', '不应当');
}

function otherwiseTyped(text: string): string {
  return text
    .replace(/，/gu, ',')
    .replace(/。/gu, ' .\n')
    .replace(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

/** A form letter about one clause, of some 150 to 220 characters. */
export function letter(number: number, chance: Chance): string {
  const clause = 1 + (number % 20);
  return `本人住在幸福小区3栋502室，已有12年。${clauseWords(clause)}建议延长第${clause}条中的期限，应当${pick(asks, chance)}。${sentence(chance)}${sentence(chance)}因此，希望起草部门${pick(asks, chance)}，${pick(ends, chance)}。${sentence(chance)}`;
}

function ownWords(clause: number, chance: Chance): string {
  const parts = [
    () => clauseWords(clause),
    () => sentence(chance),
    () => sentence(chance),
    () => `建议${pick(asks, chance)}。`,
  ];
  const text = [sentence(chance), sentence(chance), `${pick(starts, chance)}${pick(asks, chance)}。`];
  for (let index = chance(5); index > 0; index -= 1)
    text.splice(chance(text.length + 1), 0, (pick(parts, chance) as () => string)());
  return text.join('');
}

function clauseWords(clause: number): string {
  return `第${clause}条规定“${pick(whos, () => clause % whos.length)}应当自受理之日起${10 + clause}个工作日内${pick(asks, () => clause % asks.length)}”。`;
}

function sentence(chance: Chance): string {
  return `${pick(whens, chance)}${pick(whos, chance)}${pick(dids, chance)}${pick(whats, chance)}，${pick(effects, chance)}${pick(ends, chance)}。`;
}

function name(chance: Chance): string {
  return (
    pick([...'赵钱孙李周吴郑王冯陈'], chance) +
    pick([...'建国秀英伟芳娜敏静强磊军洋勇艳杰'], chance) +
    pick([...'华明红平文玉兰桂'], chance)
  );
}

function pick<T>(from: readonly T[], chance: Chance): T {
  return from[chance(from.length)] as T;
}

const starts = [
  '我认为这一条',
  '对这一条，我建议',
  '请考虑',
  '作为居民，我希望',
  '我单位提出：',
  '从实际情况看，宜',
  '恳请',
  '这里最好',
];
const whens = [
  '去年冬天',
  '疫情以后',
  '每到雨季',
  '这几年',
  '上个月',
  '在老城区',
  '在我们村',
  '据我所知，',
  '按照现在的做法，',
  '孩子开学时',
  '晚上十点以后',
  '旧楼改造时',
];
const whos = [
  '物业公司',
  '社区居委会',
  '沿街商户',
  '外卖骑手',
  '独居老人',
  '中小学校',
  '医院',
  '执法人员',
  '开发企业',
  '出租车司机',
  '残疾人',
  '农户',
  '志愿者',
  '小微企业',
];
const dids = [
  '常常占用',
  '一直得不到',
  '多次投诉',
  '自行拆改了',
  '需要排队办理',
  '按月缴纳',
  '反复填写',
  '没有及时公布',
  '很少使用',
  '被要求提供',
  '只能到窗口领取',
  '主动清理了',
];
const whats = [
  '消防通道',
  '停车泊位',
  '垃圾分类点',
  '加装电梯的批文',
  '水电费用明细',
  '维修资金账目',
  '公交优惠卡',
  '噪声监测数据',
  '临时摊位',
  '健身场地',
  '盲道',
  '充电设施',
  '排水管网',
  '种粮补贴',
];
const effects = [
  '邻里之间为此',
  '办事的人往往',
  '最后受影响的人',
  '相关部门',
  '大家',
  '许多家庭',
  '新来的住户',
  '附近的店铺',
  '上班的人',
  '带孩子的人',
];
const ends = [
  '意见很大',
  '多跑了好几趟',
  '花了不少冤枉钱',
  '至今没有得到答复',
  '只好自己想办法',
  '觉得很不方便',
  '愿意配合',
  '希望有一个明确的说法',
  '已经习惯了这种安排',
  '还是看不到变化',
  '担心安全',
  '期待尽快落实',
];
const asks = [
  '设立统一的投诉电话',
  '公布收费标准',
  '给老年人保留人工窗口',
  '把审批改为备案',
  '明确由谁承担费用',
  '每半年公开一次账目',
  '允许分期缴纳',
  '提供上门服务',
  '划定夜间停车区域',
  '委托第三方评估',
  '听取业主大会的意见',
  '增加无障碍设施',
  '对首次违反的先行劝导',
  '统一标识的样式',
  '在网上可以查询进度',
  '与邻近的市县互认',
];
