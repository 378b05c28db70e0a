import fc from 'fast-check';
import t from 'tap';
import { channels } from '../../src/domain/comment.ts';
import { outcomes } from '../../src/domain/disposition.ts';
import type { NoticeRow } from '../../src/domain/notice-row.ts';
import { summaryColumns, summaryRow, totalsRows } from '../../src/domain/summary-table.ts';
import { type CountedComment, countTotals } from '../../src/domain/totals.ts';
import { loadSentences } from '../../src/sentences.ts';

const words = loadSentences();
const row: NoticeRow = {
  ...{ number: 1, clause: '第七条', text: '建议公示期延长。', commenter: '朱**', reason: '' },
  ...{ outcome: 'adopted', alike: 1, channels: { letter: 1 } },
};

t.test('a row says what the notice prints, and through which channel it came', async (t) => {
  const cells = summaryRow(row, words);
  t.same(
    summaryColumns.map((column) => cells[column]),
    [1, '第七条', '建议公示期延长。', '朱**', '信函', 1, '采纳', ''],
  );
  t.equal(summaryRow({ ...row, outcome: null }, words).outcome, '待办理');
});

t.test('a row of several alike comments says how many, and how many came through each channel', async (t) => {
  const cells = summaryRow({ ...row, alike: 5, channels: { letter: 2, online: 3 } }, words);
  t.match(cells, { comments: 5, commenter: '朱**等', channels: '本网站3条、信函2条' });
  t.match(cells.text, /合并列出/);
  t.equal(summaryRow({ ...row, alike: 2, channels: { letter: 2 } }, words).channels, '信函2条');
});

t.test('whatever came in, the totals add up as those of the notice do', async () => {
  const comment: fc.Arbitrary<CountedComment> = fc.record({
    submissionId: fc.nat(20),
    channel: fc.constantFrom(...channels),
    late: fc.boolean(),
    withdrawn: fc.boolean(),
    outcome: fc.constantFrom(...outcomes, null),
  });
  fc.assert(
    fc.property(fc.array(comment), (comments) => {
      const totals = countTotals(comments);
      const rows = totalsRows(totals, 3, words);
      const of = (item: string) => Number(rows.find((each) => each.item === item)?.comments);
      const sum = (names: readonly string[]) => names.reduce((total, name) => total + of(`其中：${name}`), 0);
      const disposed = sum([...outcomes.map((each) => words.outcomes[each]), '待办理']);
      return (
        sum(channels.map((each) => words.channels[each])) === of('截止前收到') &&
        disposed === of('应当办理') &&
        disposed + of('截止前撤回') === of('截止前收到') &&
        of('截止前收到') + of('逾期收到（单独计数）') === comments.length
      );
    }),
  );
});
