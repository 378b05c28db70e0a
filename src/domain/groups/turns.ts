import { numeralCharacters } from '../numerals.ts';

// Words that turn what is asked for into its opposite. Two texts that differ by one of them say different things.
const turningWords = [
  '不 未 无 没 非 勿 反对 支持 同意 赞成 赞同 允许 禁止 严禁 可以 应当 必须',
  '提高 降低 增加 减少 扩大 缩小 延长 缩短 提前 推迟 上调 下调 上限 下限 高于 低于 以上 以下',
  '放宽 收紧 从严 从宽 加重 减轻 保留 删除 删去 取消 恢复',
]
  .join(' ')
  .split(' ');
const turning = new RegExp(turningWords.join('|'), 'gu');
const numbers = new RegExp(`[0-9]+|[${numeralCharacters}]+`, 'gu');

/** How often each turning word stands in a folded text. */
export function turnsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(turning)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** True when every turning word of one text stands at least as often in the other. */
export function areTurnsWithin(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): boolean {
  for (const [word, count] of one) if ((other.get(word) ?? 0) < count) return false;
  return true;
}

/** The numbers in a folded text, in digits and Chinese numerals, in their order. */
export function numbersOf(text: string): string {
  return (text.match(numbers) ?? []).join(' ');
}
