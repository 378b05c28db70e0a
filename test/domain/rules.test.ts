import fc from 'fast-check';
import t from 'tap';
import { isBalanced, openChannels } from '../../src/domain/announcement-issues.ts';
import { type Asks, channels, judgeSubmission, maskName } from '../../src/domain/comment.ts';
import { periodIssues, periodLength, phaseOf } from '../../src/domain/consultation.ts';
import { judgeDisposition, outcomes } from '../../src/domain/disposition.ts';
import { may } from '../../src/domain/officer.ts';
import {
  addDays,
  dayOf,
  daysUntil,
  inputMinute,
  instantFromInput,
  officialDeadline,
  startOf,
} from '../../src/domain/shanghai.ts';
import { characters, cleanText } from '../../src/domain/text.ts';
import { addsUp, type CountedComment, countTotals } from '../../src/domain/totals.ts';
import { isWorkingDay } from '../../src/workdays.ts';

const at = (text: string) => new Date(text);
const instants = fc.date({
  min: at('2000-01-01T00:00:00Z'),
  max: at('2099-12-31T00:00:00Z'),
  noInvalidDate: true,
});

t.test('the phase follows from schedule, answer and clock alone', async (t) => {
  const schedule = {
    opensAt: at('2026-03-01T09:00:00+08:00'),
    closesAt: at('2026-04-01T00:00:00+08:00'),
    withdrawnAt: null,
    answeredAt: null,
  };
  t.equal(phaseOf(schedule, at('2026-03-01T08:59:59.999+08:00')), 'upcoming');
  t.equal(phaseOf(schedule, schedule.opensAt), 'open');
  t.equal(phaseOf(schedule, at('2026-03-31T23:59:59.999+08:00')), 'open');
  t.equal(
    phaseOf(schedule, schedule.closesAt),
    'closed',
    'the closing instant is the first that is too late',
  );
  t.equal(phaseOf({ ...schedule, answeredAt: schedule.closesAt }, schedule.closesAt), 'answered');
  t.equal(phaseOf({ ...schedule, withdrawnAt: schedule.opensAt }, schedule.closesAt), 'withdrawn');
});

t.test('time never leads back to an earlier phase', async () => {
  const order = ['upcoming', 'open', 'closed'];
  fc.assert(
    fc.property(instants, instants, instants, instants, (a, b, first, second) => {
      fc.pre(a < b && first <= second);
      const schedule = { opensAt: a, closesAt: b, withdrawnAt: null, answeredAt: null };
      return order.indexOf(phaseOf(schedule, first)) <= order.indexOf(phaseOf(schedule, second));
    }),
  );
});

t.test('a deadline at midnight is written as 24时 of the day that ends', async (t) => {
  t.equal(officialDeadline(at('2026-03-02T00:00:00+08:00')), '2026年3月1日24时');
  t.equal(officialDeadline(at('2021-08-03T18:00:00+08:00')), '2021年8月3日下午6时');
  t.equal(officialDeadline(at('2021-08-03T09:30:00+08:00')), '2021年8月3日上午9时30分');
  t.equal(officialDeadline(at('2021-08-03T12:00:00+08:00')), '2021年8月3日中午12时');
});

t.test('what a time field shows, it reads back', async (t) => {
  fc.assert(
    fc.property(instants, (instant) => {
      const minute = new Date(Math.floor(instant.getTime() / 60_000) * 60_000);
      return instantFromInput(inputMinute(minute))?.getTime() === minute.getTime();
    }),
  );
  t.equal(instantFromInput('2026-03-01T24:00')?.toISOString(), '2026-03-01T16:00:00.000Z');
  for (const wrong of ['2026-02-30T10:00', '2026-03-01T24:01', '2026-03-01', 'soon', ''])
    t.equal(instantFromInput(wrong), null);
});

t.test('days are counted in Asia/Shanghai', async (t) => {
  t.equal(dayOf(at('2026-02-28T16:00:00Z')), '2026-03-01');
  t.equal(addDays('2024-02-28', 2), '2024-03-01');
  t.throws(() => startOf('2026-02-30'), RangeError);
  t.equal(daysUntil(at('2026-03-01T09:00:00+08:00'), at('2026-03-03T18:00:00+08:00')), 3);
  t.equal(daysUntil(at('2026-03-03T18:00:00+08:00'), at('2026-03-01T09:00:00+08:00')), 0);
});

t.test(
  'two days for a normative document need a reason, and the issue tells the length and the basis',
  async (t) => {
    const period = { opensAt: at('2021-08-01T09:00:00+08:00'), closesAt: at('2021-08-03T18:00:00+08:00') };
    const input = { kind: 'normativeDocument', ...period, reasonForShortening: '' } as const;
    const [issue, ...rest] = periodIssues(input, isWorkingDay, period.opensAt);
    t.same(rest, []);
    t.match(issue, {
      field: 'reasonForShortening',
      key: 'shorterThanWorkingDays',
      values: { days: 7, length: 2 },
    });
    t.same(periodIssues({ ...input, reasonForShortening: '防汛急需' }, isWorkingDay, period.opensAt), []);
    t.match(periodIssues({ ...input, kind: 'majorDecision' }, isWorkingDay, period.opensAt), [
      { key: 'shorterThanDays' },
    ]);
    t.same(periodIssues({ ...input, kind: 'other' }, isWorkingDay, period.opensAt), []);
  },
);

t.test('a period ends after it starts and after now', async (t) => {
  const now = at('2026-03-01T09:00:00+08:00');
  const judge = (opensAt: Date | null, closesAt: Date | null) =>
    periodIssues({ kind: 'other', opensAt, closesAt, reasonForShortening: '' }, isWorkingDay, now).map(
      (each) => each.key,
    );
  t.same(judge(now, new Date(now.getTime() - 1)), ['endBeforeStart']);
  t.same(judge(at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z')), ['inThePast']);
  t.same(judge(now, at('2062-03-01T00:00:00Z')), ['tooFar']);
  t.same(judge(null, now), ['required']);
  t.same(judge(now, null), ['required']);
});

t.test('working days follow the calendar of the State Council, make-up days included', async (t) => {
  t.equal(isWorkingDay('2021-09-18'), true, 'a Saturday worked for Mid-Autumn');
  t.equal(isWorkingDay('2021-10-01'), false);
  const nationalDay = periodLength(
    at('2021-09-30T09:00:00+08:00'),
    at('2021-10-09T00:00:00+08:00'),
    'workingDay',
    isWorkingDay,
  );
  t.equal(nationalDay, 2);
});

const goodForm = {
  comments: [{ clause: '', stance: 'amend', text: '建议延长', proposedWording: '', quotation: null }],
  commenterKind: 'individual',
  name: '',
  phone: '',
  email: '',
  consent: 'withoutName',
};

t.test('a comment needs stance, text and consent, and nothing about the person', async (t) => {
  const asks = { name: 'optional', phone: 'optional', email: 'optional' } as const;
  t.notOk('issues' in judgeSubmission(goodForm, asks));
  const keys = (input: object, asked: Partial<Asks> = {}) => {
    const judged = judgeSubmission({ ...goodForm, ...input }, { ...asks, ...asked });
    return 'issues' in judged ? judged.issues.map((issue) => `${issue.field}.${issue.key}`) : [];
  };
  const comment = goodForm.comments[0];
  t.same(keys({ comments: [{ ...comment, text: '' }] }), ['text-0.required']);
  t.same(keys({ comments: [{ ...comment, stance: 'x' }] }), ['stance-0.choose']);
  t.same(
    keys({ comments: [{ ...comment, text: '𠮷'.repeat(20_000) }] }),
    [],
    'counted in characters, not in UTF-16',
  );
  t.same(keys({ comments: [{ ...comment, text: '字'.repeat(20_001) }] }), ['text-0.tooLong']);
  t.same(keys({ email: 'nobody' }), ['email.notAnAddress']);
  t.same(keys({ consent: 'withName' }), ['name.neededForConsent']);
  t.same(keys({ consent: '' }), ['consent.choose']);
  t.same(keys({}, { name: 'required', phone: 'required' }), ['name.required', 'phone.required']);
  t.same(keys({ consent: 'withName' }, { name: 'required' }), ['name.required'], 'told once');
  t.same(keys({ comments: [] }), ['text-0.required']);
  t.same(keys({ comments: [comment, { ...comment, text: '' }] }), ['text-1.required'], 'with its index');
  t.same(keys({ comments: Array.from({ length: 101 }, () => comment) }), ['text-0.tooManyComments']);
});

t.test('cleaning takes control and direction characters and leaves every visible one', async (t) => {
  t.equal(cleanText('  a\u0000b\u202ec\r\nd\u2067e𠮷\ud800  '), 'abc\nde𠮷\ufffd');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const clean = cleanText(typed);
      return (
        cleanText(clean) === clean &&
        clean.isWellFormed() &&
        !/[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/.test(clean)
      );
    }),
  );
  t.equal(characters('𠮷a'), 2);
});

t.test('a name is published as its first character and two asterisks', async (t) => {
  t.equal(maskName('朱清和'), '朱**');
  t.equal(maskName('𠮷田'), '𠮷**');
  t.equal(maskName(''), '');
});

t.test('every outcome but adopted needs a reason that says something', async (t) => {
  t.notOk('issues' in judgeDisposition({ outcome: 'adopted', reason: '' }));
  t.match(judgeDisposition({ outcome: 'notAdopted', reason: '' }), { issues: [{ key: 'required' }] });
  t.match(judgeDisposition({ outcome: 'notAdopted', reason: '意见已收悉。' }), {
    issues: [{ key: 'saysNothing' }],
  });
  t.match(judgeDisposition({ outcome: 'lost', reason: 'x' }), { issues: [{ field: 'outcome' }] });
  t.notOk('issues' in judgeDisposition({ outcome: 'outOfScope', reason: '属另一部门职责，已转办。' }));
});

t.test('totals are conserved whatever came in, and every comment is received or late', async () => {
  const comment: fc.Arbitrary<CountedComment> = fc.record({
    submissionId: fc.integer({ min: 1, max: 6 }),
    channel: fc.constantFrom(...channels),
    late: fc.boolean(),
    withdrawn: fc.boolean(),
    outcome: fc.option(fc.constantFrom(...outcomes)),
  });
  // A submission has one channel, and is late or withdrawn as a whole.
  const asOne = (list: readonly CountedComment[]) =>
    list.map(
      (each) =>
        ({
          ...list.find((other) => other.submissionId === each.submissionId),
          ...pick(each),
        }) as CountedComment,
    );
  const pick = ({ outcome }: CountedComment) => ({ outcome });
  fc.assert(
    fc.property(fc.array(comment, { maxLength: 60 }), (list) => {
      const totals = countTotals(asOne(list));
      const { received, late } = totals;
      const submissions = new Set(list.map(({ submissionId }) => submissionId)).size;
      return (
        addsUp(totals) &&
        received.comments + late.comments === list.length &&
        received.submissions + late.submissions === submissions
      );
    }),
  );
});

t.test('brackets balance in pairs, ( counts as （, a label like 1） as text', async (t) => {
  for (const good of ['《办法（试行）》', '《a(试行）》', '1）网上；2）信函', '无'])
    t.ok(isBalanced(good), good);
  for (const bad of ['《办法', '（试行》）', '办法》']) t.notOk(isBalanced(bad), bad);
});

t.test('an announcement opens the channels it names, and online always', async (t) => {
  t.same(openChannels({ mailbox: '', phone: '', fax: '', address: '' }), ['online']);
  t.same(openChannels({ mailbox: 'a@example.cn', phone: '1', fax: '', address: 'x' }), [
    'online',
    'email',
    'phone',
    'letter',
    'inPerson',
  ]);
});

t.test('a caseworker cannot sign and an approver cannot dispose', async (t) => {
  t.equal(may({ role: 'caseworker' }, 'sign'), false);
  t.equal(may({ role: 'approver' }, 'dispose'), false);
  t.equal(may({ role: 'approver' }, 'sign'), true);
});
