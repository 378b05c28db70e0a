import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { testSite } from '../support.ts';
import { agree, pagesAgree } from './histories/agree.ts';
import { begin, type History } from './histories/history.ts';
import { after, before, closes, type Step, take } from './histories/steps.ts';

t.test('a notice that does not add up cannot be built by any sequence of deeds', async (t) => {
  t.setTimeout(280_000);
  const site = await testSite(t);
  const counts = { done: 0, refused: 0, signed: 0 };
  const live = async (history: History, steps: readonly Step[]) => {
    let totals = await agree(history);
    for (const step of steps) {
      const taken = await take(history, step);
      const seen = await agree(history);
      counts[taken ? 'done' : 'refused'] += 1;
      if (!taken && step.what !== 'made')
        assert.deepEqual(seen, totals, `${step.what} was refused and changed nothing`);
      totals = seen;
    }
  };
  await fc.assert(
    fc.asyncProperty(before, after, async (early, late) => {
      const history = await begin(site);
      await live(history, early);
      await closes(history);
      await pagesAgree(history);
      await live(history, late);
      await pagesAgree(history);
      counts.signed += history.signed.size;
    }),
    { numRuns: 6, endOnFailure: true },
  );
  t.ok(counts.signed > 0, 'notices were signed');
  t.ok(counts.done > 20 && counts.refused > 8, `${counts.done} deeds were done, ${counts.refused} refused`);
});
