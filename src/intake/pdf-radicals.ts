// Unified characters of the CJK Radicals Supplement that are words by themselves; Unicode gives most no decomposition.
const pairs =
  '⺁厂⺒巳⺓幺⺜日⺝月⺟母⺠民⺩王⺫目⺬示⺼肉⺽臼⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟';

const supplement = new Map(
  [...pairs].flatMap((radical, index, all) =>
    index % 2 === 0 ? [[radical, all[index + 1] ?? radical]] : [],
  ),
);

/**
 * The characters meant, where a PDF names others that share their glyph: a radical (⼀, ⻅) for a character (一, 见), the
 * dots of mathematics for an ellipsis.
 */
export function asTyped(text: string): string {
  const typed = text.replaceAll('\u22ef', '…');
  return typed.replace(/[\u2e80-\u2fd5]/g, (radical) => supplement.get(radical) ?? radical.normalize('NFKC'));
}
