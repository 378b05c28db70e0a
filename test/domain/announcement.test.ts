import t from 'tap';
import { announcementFields } from '../../src/domain/announcement.ts';
import { chineseNumeral, numberOf } from '../../src/domain/numerals.ts';
import { levels } from '../../src/domain/outline.ts';

t.test('a Chinese numeral and its number stand for each other', async (t) => {
  for (let number = 0; number <= 9999; number += 1)
    if (numberOf(chineseNumeral(number)) !== number) t.fail(`${number} ${chineseNumeral(number)}`);
  t.same([1, 10, 12, 20, 105, 110, 1260].map(chineseNumeral), [
    '一',
    '十',
    '十二',
    '二十',
    '一百零五',
    '一百一十',
    '一千二百六十',
  ]);
  t.same(['１２', '二〇二一', '廿三', '壹佰', '一 百 二 十'].map(numberOf), [12, 2021, 23, 100, 120]);
  t.same(['', 'x', '十x', '1234567890'].map(numberOf), [null, null, null, null]);
  t.throws(() => chineseNumeral(10_000), RangeError);
});

t.test('fields and levels are named once', async (t) => {
  t.equal(new Set(announcementFields).size, announcementFields.length);
  t.equal(new Set(levels).size, levels.length);
});
