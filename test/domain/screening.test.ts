import fc from 'fast-check';
import t from 'tap';
import { channels, consents, stances } from '../../src/domain/comment.ts';
import { everyComment, partOf, parts } from '../../src/domain/comment-filter.ts';
import { may, roles } from '../../src/domain/officer.ts';
import { blot, cover, coveredCount, coveredPassages, redactionIssues } from '../../src/domain/redaction.ts';
import { isPublic, judgeScreening, publicName, screeningStates } from '../../src/domain/screening.ts';
import { agrees, countOf, dispositionStates, receivedTotals, type Tally } from '../../src/domain/tallies.ts';

const publicity = fc.record({
  screening: fc.constantFrom(...screeningStates),
  consent: fc.constantFrom(...consents),
  withdrawn: fc.boolean(),
  late: fc.boolean(),
  showsComments: fc.boolean(),
});

t.test('a comment is public only while everything that keeps it back is absent', async (t) => {
  const best = {
    screening: 'shown',
    consent: 'withoutName',
    withdrawn: false,
    late: false,
    showsComments: true,
  } as const;
  t.ok(isPublic(best));
  for (const change of [
    { screening: 'waiting' },
    { screening: 'hidden' },
    { consent: 'no' },
    { withdrawn: true },
    { late: true },
    { showsComments: false },
  ] as const) {
    t.notOk(isPublic({ ...best, ...change }), JSON.stringify(change));
    fc.assert(
      fc.property(publicity, (any) => !isPublic({ ...any, ...change })),
      { numRuns: 50 },
    );
  }
});

t.test('no name is public without consent, and of a person never more than the first character', async () => {
  const person = fc.record({
    commenterKind: fc.constantFrom('individual' as const, 'organisation' as const),
    name: fc.string({ unit: 'grapheme' }),
    consent: fc.constantFrom(...consents),
  });
  fc.assert(
    fc.property(person, (one) => {
      const shown = publicName(one);
      if (one.consent !== 'withName' || one.name.trim() === '') return shown === '';
      return one.commenterKind === 'organisation'
        ? shown === one.name.trim()
        : shown === `${[...one.name.trim()][0]}**`;
    }),
  );
});

t.test('only caseworkers and administrators screen', async (t) => {
  t.same(
    roles.filter((role) => may({ role }, 'screen')),
    ['caseworker', 'administrator'],
  );
});

t.test('hiding needs a reason, showing none', async (t) => {
  t.same(judgeScreening({ verdict: 'shown', reason: '' }), { verdict: 'shown', reason: '' });
  t.match(judgeScreening({ verdict: 'hidden', reason: '' }), {
    issues: [{ field: 'screeningReason', key: 'required' }],
  });
  t.match(judgeScreening({ verdict: 'waiting', reason: '' }), {
    issues: [{ field: 'verdict', key: 'choose' }],
  });
  t.match(judgeScreening({ verdict: 'hidden', reason: '长'.repeat(2_001) }), {
    issues: [{ key: 'tooLong' }],
  });
});

const text = fc.array(fc.constantFrom('请打', '13812345678', '张三', '。', '1', 'ab', ' '), {
  maxLength: 12,
});
const words = fc
  .record({ text, proposedWording: text, quotation: text })
  .map(({ text: one, proposedWording, quotation }) => ({
    text: one.join(''),
    proposedWording: proposedWording.join(''),
    quotation: quotation.join(''),
  }));
const passages = fc.array(fc.constantFrom('13812345678', '张三', '138', '三。', '678张', '1', '没有'), {
  maxLength: 4,
});

t.test(
  'a covered passage stands nowhere, everything else stays, and covering twice changes nothing',
  async () => {
    fc.assert(
      fc.property(words, passages, (original, covered) => {
        const published = cover(original, covered);
        const kept = Object.values(published).join('\n').split(blot);
        return (
          covered.every((passage) => kept.every((part) => !part.includes(passage))) &&
          Object.values(cover(published, covered)).join() === Object.values(published).join() &&
          (covered.length > 0 || coveredCount(published) === 0)
        );
      }),
      { numRuns: 2_000 },
    );
  },
);

t.test('what a redaction covers can be told from it, or is not told', async (t) => {
  fc.assert(
    fc.property(words, passages, (original, covered) => {
      const published = cover(original, covered);
      const told = coveredPassages(original, published);
      return (
        told.length === 0 || Object.values(cover(original, told)).join() === Object.values(published).join()
      );
    }),
    { numRuns: 2_000 },
  );
  const original = { text: '请打13812345678，找张三', proposedWording: '张三', quotation: '' };
  t.same(coveredPassages(original, cover(original, ['13812345678', '张三'])), ['13812345678', '张三']);
  t.equal(cover(original, ['381', '1234']).text, `请打1${blot}5678，找张三`, 'what overlaps shares one blot');
});

t.test('a redaction needs passages that are there, a change, and a reason', async (t) => {
  const original = { text: '请打13812345678', proposedWording: '', quotation: '' };
  const keys = (covered: string[], reason: string, published = original) =>
    redactionIssues({ original, published }, { passages: covered, reason }).map(
      ({ field, key }) => `${field} ${key}`,
    );
  t.same(keys(['13812345678'], '个人信息'), []);
  t.same(keys(['13812345679'], ''), ['passages passageNotFound', 'redactionReason required']);
  t.same(keys([], '个人信息'), ['passages nothingChanged']);
  t.same(keys([], '不是个人信息', cover(original, ['138'])), [], 'uncovering is a change, too');
  t.same(
    keys(
      Array.from({ length: 201 }, () => '1'),
      '个人信息',
    ),
    ['passages tooManyPassages'],
  );
});

const assignees = ['', 'o1', 'o2', 'd1'] as const;
const tally: fc.Arbitrary<Tally> = fc
  .record({
    channel: fc.constantFrom(...channels),
    part: fc.constantFrom(...parts),
    screening: fc.constantFrom(...screeningStates),
    disposition: fc.constantFrom(...dispositionStates),
    stance: fc.constantFrom(...stances),
    numbers: fc.constantFrom('none' as const, 'bare' as const, 'covered' as const),
    assignee: fc.constantFrom(...assignees),
    submissions: fc.nat(50),
    more: fc.nat(50),
  })
  .map(({ more, ...rest }) => ({ ...rest, comments: rest.submissions + more }));

t.test('totals add up in every way, and differ as soon as one comment is missing', async () => {
  fc.assert(
    fc.property(fc.array(tally), (tallies) => {
      const received = tallies.reduce(
        (sum, each) => ({
          submissions: sum.submissions + each.submissions,
          comments: sum.comments + each.comments,
        }),
        { submissions: 0, comments: 0 },
      );
      const totals = receivedTotals(tallies);
      return (
        agrees(totals, received) &&
        !agrees(totals, { ...received, comments: received.comments + 1 }) &&
        !agrees(totals, { ...received, submissions: received.submissions + 1 })
      );
    }),
  );
});

t.test('the filters of one kind divide what is received among them', async () => {
  fc.assert(
    fc.property(fc.array(tally), (tallies) => {
      const standing = { ...everyComment, part: 'standing' } as const;
      const count = (change: object) => countOf(tallies, { ...everyComment, ...change }) ?? Number.NaN;
      const sum = (name: string, values: readonly string[]) =>
        values.reduce((total, value) => total + count({ [name]: value }), 0);
      return (
        sum('channel', channels) === count({}) &&
        sum('part', parts) === count({}) &&
        sum('stance', stances) === count({}) &&
        sum('screening', screeningStates) === count({ part: 'standing' }) &&
        sum('disposition', dispositionStates) === count({ part: 'standing' }) &&
        assignees.reduce((total, key) => total + (countOf(tallies, standing, [key]) ?? 0), 0) ===
          count(standing)
      );
    }),
  );
});

t.test('who asks for a state of work means standing comments, unless another part is named', async (t) => {
  t.equal(partOf(everyComment), '');
  t.equal(partOf({ ...everyComment, disposition: 'undisposed' }), 'standing');
  t.equal(partOf({ ...everyComment, screening: 'waiting', part: 'late' }), 'late');
});
