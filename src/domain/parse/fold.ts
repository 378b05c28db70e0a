/** Traditional forms that occur in the words fields are found by, with their Simplified forms. */
const pairs =
  '電电話话傳传真真郵邮編编碼码聯联繫系係系訊讯絡络諮咨詢询單单辦办來来號号為为於于時时間间點点發发報报現现將将經经過过關关徵征見见議议請请寄寄達达資资規规範范製制訂订團团處处與与開开廳厅該该實实區区縣县個个門门網网內内後后';
const firstHan = 0x4e00;
const lastHan = 0x9fff;
const simplified = new Map<string, string>();
for (let index = 0; index < pairs.length; index += 2)
  simplified.set(pairs.charAt(index), pairs.charAt(index + 1));

/**
 * The text for matching: full-width letters, digits and signs as half-width, the Traditional characters of field
 * labels as Simplified. Every character keeps its place.
 */
export function folded(text: string): string {
  let folds = '';
  for (const character of text) folds += foldedCharacter(character);
  return folds;
}

function foldedCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code >= firstHan && code <= lastHan) return simplified.get(character) ?? character;
  return /^\s$/.test(character) ? ' ' : character;
}
