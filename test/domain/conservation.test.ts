import fc from 'fast-check';
import t from 'tap';
import { type Channel, channels } from '../../src/domain/comment.ts';
import { type Outcome, outcomes } from '../../src/domain/disposition.ts';
import { agrees, receivedTotals, type Tally, totalsOf } from '../../src/domain/tallies.ts';
import { addsUp, type CountedComment, countTotals } from '../../src/domain/totals.ts';

const step = fc.oneof(
  fc.record({
    what: fc.constant('received' as const),
    channel: fc.constantFrom(...channels),
    late: fc.boolean(),
    size: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ what: fc.constant('withdrawn' as const), which: fc.nat() }),
  // Null takes a disposition back; `alike` gives it to all that follow, as to a group.
  fc.record({
    what: fc.constant('disposed' as const),
    which: fc.nat(),
    alike: fc.integer({ min: 1, max: 5 }),
    outcome: fc.option(fc.constantFrom(...outcomes)),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Held {
  submissionId: number;
  channel: Channel;
  late: boolean;
  withdrawn: boolean;
  outcome: Outcome | null;
  position: number;
}

t.test(
  '10,000 histories: channels, what was received and what became of it add up, in 件 and 条',
  async () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const comments = lived(steps);
        const tallies = comments.map(tallyOf);
        const totals = totalsOf(tallies);
        const all = {
          submissions: new Set(comments.map(({ submissionId }) => submissionId)).size,
          comments: comments.length,
        };
        const { received, late } = totals;
        return (
          addsUp(totals) &&
          agrees(receivedTotals(tallies), all) &&
          JSON.stringify(totals) === JSON.stringify(countTotals(comments satisfies CountedComment[])) &&
          received.comments + late.comments === all.comments &&
          received.submissions + late.submissions === all.submissions &&
          !addsUp({ ...totals, undisposed: totals.undisposed + 1 })
        );
      }),
      { numRuns: 10_000 },
    );
  },
);

function lived(steps: readonly Step[]): Held[] {
  const comments: Held[] = [];
  for (const [submissionId, each] of steps.entries())
    if (each.what === 'received') {
      const { channel, late } = each;
      const fresh = { submissionId, channel, late, withdrawn: false, outcome: null };
      for (let position = 0; position < each.size; position++) comments.push({ ...fresh, position });
    } else if (comments.length > 0) change(comments, each);
  return comments;
}

function change(comments: Held[], step: Exclude<Step, { what: 'received' }>): void {
  const at = step.which % comments.length;
  if (step.what === 'disposed') {
    for (const each of comments.slice(at, at + step.alike)) each.outcome = step.outcome;
    return;
  }
  const submissionId = comments[at]?.submissionId;
  for (const each of comments) if (each.submissionId === submissionId) each.withdrawn = true;
}

function tallyOf({ channel, late, withdrawn, outcome, position }: Held): Tally {
  return {
    channel,
    part: late ? 'late' : withdrawn ? 'withdrawn' : 'standing',
    disposition: outcome ?? 'undisposed',
    ...({ screening: 'waiting', stance: 'other', numbers: 'none', assignee: '' } as const),
    submissions: position === 0 ? 1 : 0,
    comments: 1,
  };
}
