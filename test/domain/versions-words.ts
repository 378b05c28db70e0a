/** Whole numbers by chance, the same ones for the same seed. */
export interface Chance {
  readonly below: (limit: number) => number;
}

/** Chance from a seed (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below };
}

const lists = {
  who: '县人民政府 乡镇人民政府 街道办事处 县林业主管部门 县水务主管部门 县财政部门 村民委员会 养护单位 施工单位 使用人 所有人 集贸市场开办者 渡口经营者 河道管理机构 茶园承包人'.split(
    ' ',
  ),
  when: '每年三月底前 收到申请之日起十五日内 汛期到来之前 采伐开始前 合同期满后三十日内 发现险情后 立即 每季度 开工十日前'.split(
    ' ',
  ),
  what: '古茶树名录 河道清淤计划 渡船检验记录 摊位租金标准 山林防火预案 步道养护台账 灌溉用水定额 井盖巡查情况 路灯维修登记 晒场使用安排 公共厕所保洁规程 桥梁限重标志 秸秆回收点位 老旧水闸清单 苗木采购合同'.split(
    ' ',
  ),
  does: '编制并公布 报送 核对 更新 公开 保存 检查 备案 修订 移交 张贴 汇总'.split(' '),
  how: '听取当地居民的意见 会同有关部门 委托专业机构 依照本办法的规定 根据实际需要 在显著位置 通过政务网站 以书面形式 免费 按照分级管理的要求'.split(
    ' ',
  ),
  why: '便于居民查询 保证行人安全 减少水土流失 防止重复收费 满足农忙时节的需要 保持水质稳定 延长设施使用年限 避免与既有规划冲突'.split(
    ' ',
  ),
  heading:
    '总则 规划与建设 使用与管理 养护与维修 监督检查 费用与补助 法律责任 安全保障 公众参与 档案与信息 奖励与扶持 附则'.split(
      ' ',
    ),
};

/** One entry of a list. */
export function words(chance: Chance, list: keyof typeof lists): string {
  return lists[list][chance.below(lists[list].length)] ?? '';
}

const shapes = {
  text: [
    'who应当when，how，does what，why。',
    'who可以howdoes what；why的，应当同时does what。',
    '违反本办法规定，who未does what的，由who责令改正；逾期不改正的，处二百元以上一千元以下罚款。',
    'who和who应当howdoes what。',
    'what由whodoes，并when告知who。',
    '法律、法规对what另有规定的，从其规定。',
    '因why，who需要临时does what的，应当when向who提出，并how。',
    '鼓励whohow参与what的does工作。',
  ],
  lead: [
    'who应当does下列事项：',
    '有下列情形之一的，由who责令限期改正：',
    '申请does what，应当提交下列材料：',
  ],
  item: [
    'what；',
    '未howdoes what的；',
    'who的what；',
    'whendoes what；',
    '其他依法应当办理的事项。',
    'does what，why；',
  ],
} as const;

/** A sentence of a clause, of the lead of a list, or of an item. */
export function sentence(chance: Chance, of: keyof typeof shapes): string {
  const shape = shapes[of][chance.below(shapes[of].length)] ?? '';
  return filled(chance, shape);
}

function filled(chance: Chance, shape: string): string {
  const names = Object.keys(lists) as (keyof typeof lists)[];
  let text = shape;
  for (const name of names) while (text.includes(name)) text = text.replace(name, words(chance, name));
  return text;
}

/** The text with some of its words put in place of others: at least one, at most about a third. */
export function reworded(chance: Chance, text: string): string {
  const all = Object.values(lists).flat();
  const found = all.filter((word) => text.includes(word));
  let result = text;
  for (let times = 1 + chance.below(Math.max(1, Math.ceil(found.length / 2))); times > 0; times -= 1) {
    const word = found[chance.below(found.length)];
    const list = Object.values(lists).find((each) => each.includes(word ?? ''));
    if (word && list) result = result.replace(word, list[chance.below(list.length)] ?? '');
  }
  return result === text ? `${text.slice(0, -1)}，并说明理由${text.slice(-1)}` : result;
}
