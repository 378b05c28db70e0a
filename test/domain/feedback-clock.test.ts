import fc from 'fast-check';
import t from 'tap';
import { closingDay, feedbackClock, feedbackDueOn } from '../../src/domain/feedback-clock.ts';
import { reminderDue } from '../../src/domain/reminder.ts';
import { addDays, dayMs, dayOf, startOf } from '../../src/domain/shanghai.ts';
import { isWorkingDay } from '../../src/workdays.ts';

const at = (text: string) => new Date(`${text}+08:00`);
const within = (days: number) => ({ days, isWorkingDay });
const instant = fc.date({
  min: at('2024-01-01T00:00:00'),
  max: at('2027-12-31T23:59:59'),
  noInvalidDate: true,
});
const count = fc.integer({ min: 1, max: 60 });

t.test('a period until 24:00 ends on that day, any other on the day it names', async (t) => {
  t.equal(closingDay(at('2026-03-02T00:00:00')), '2026-03-01');
  t.equal(closingDay(at('2026-03-02T00:00:00.001')), '2026-03-02');
  t.equal(closingDay(at('2021-08-03T18:00:00')), '2021-08-03');
});

t.test(
  'feedback is due so many working days after the closing day, holidays and make-up days by the calendar',
  async (t) => {
    const due = (closesAt: string, days: number) => feedbackDueOn(at(closesAt), within(days));
    t.equal(due('2026-04-10T18:00:00', 1), '2026-04-13', 'a Friday: the Monday after');
    t.equal(due('2026-04-11T00:00:00', 1), '2026-04-13', 'until 24:00 of the Friday');
    t.equal(due('2025-09-26T18:00:00', 1), '2025-09-28', 'the Sunday before the holiday is worked');
    t.equal(due('2025-09-30T18:00:00', 1), '2025-10-09', 'the holiday is passed over');
    t.equal(due('2025-09-30T18:00:00', 3), '2025-10-11', 'the Saturday after it is worked');
    t.equal(due('2024-12-31T18:00:00', 1), '2025-01-02', 'the year ends');
    t.equal(due('2024-02-29T00:00:00', 1), '2024-02-29', 'a leap day is a day');
    t.equal(due('2024-02-28T18:00:00', 2), '2024-03-01');
  },
);

t.test(
  'whatever the closing, feedback is due after it, on a working day, with so many working days between',
  async () => {
    fc.assert(
      fc.property(instant, count, (closesAt, days) => {
        const dueOn = feedbackDueOn(closesAt, within(days));
        let worked = 0;
        for (let day = addDays(closingDay(closesAt), 1); day <= dueOn; day = addDays(day, 1))
          if (isWorkingDay(day)) worked += 1;
        return isWorkingDay(dueOn) && dueOn > closingDay(closesAt) && worked === days;
      }),
    );
  },
);

t.test('a later closing and a longer time never make feedback due earlier', async () => {
  fc.assert(
    fc.property(instant, fc.nat(400 * dayMs), count, count, (closesAt, later, days, more) => {
      const due = feedbackDueOn(closesAt, within(days));
      const moved = new Date(closesAt.getTime() + later);
      return due <= feedbackDueOn(moved, within(days)) && due < feedbackDueOn(closesAt, within(days + more));
    }),
  );
});

t.test('the clock counts calendar days down to the day feedback is due, and on beyond it', async (t) => {
  const closesAt = at('2026-04-10T18:00:00');
  const read = (now: string) => feedbackClock(closesAt, within(15), at(now));
  t.same(read('2026-04-10T18:00:00'), { dueOn: '2026-05-06', daysLeft: 26 });
  t.equal(read('2026-05-06T00:00:00').daysLeft, 0, 'its first instant');
  t.equal(read('2026-05-06T23:59:59.999').daysLeft, 0, 'its last');
  t.equal(read('2026-05-07T00:00:00').daysLeft, -1, 'one day late');
  t.equal(read('2027-01-01T09:00:00').daysLeft, -240);
});

t.test('of the reminders that are due, the newest alone', async (t) => {
  const period = { opensAt: at('2026-03-01T09:00:00'), closesAt: at('2026-04-10T18:00:00') };
  const due = (now: string) => {
    const reminder = reminderDue(period, within(15), at(now));
    return reminder && [reminder.kind, reminder.dueAt.toISOString()];
  };
  t.equal(due('2026-04-07T17:59:59.999'), undefined);
  t.same(due('2026-04-07T18:00:00'), ['closingSoon', '2026-04-07T10:00:00.000Z']);
  t.same(due('2026-04-10T17:59:59.999'), ['closingSoon', '2026-04-07T10:00:00.000Z']);
  t.same(due('2026-04-10T18:00:00'), ['closed', '2026-04-10T10:00:00.000Z']);
  t.same(due('2026-04-29T08:59:59'), ['closed', '2026-04-10T10:00:00.000Z']);
  t.same(due('2026-04-29T09:00:00'), ['feedbackDue', '2026-04-29T01:00:00.000Z'], 'seven days before');
  t.same(due('2026-05-05T09:00:00'), ['feedbackDue', '2026-05-05T01:00:00.000Z'], 'one day before');
  t.same(due('2026-05-07T09:00:00'), ['feedbackOverdue', '2026-05-07T01:00:00.000Z']);
  t.same(due('2026-05-14T08:59:59'), ['feedbackOverdue', '2026-05-07T01:00:00.000Z']);
  t.same(due('2026-05-14T09:00:00'), ['feedbackOverdue', '2026-05-14T01:00:00.000Z'], 'every week');
  t.same(
    due('2026-06-05T09:00:00'),
    ['feedbackOverdue', '2026-06-04T01:00:00.000Z'],
    'after weeks without a process',
  );
});

t.test('nobody is warned of a closing that was less than three days away when it opened', async (t) => {
  const period = { opensAt: at('2021-08-01T09:00:00'), closesAt: at('2021-08-03T18:00:00') };
  t.equal(reminderDue(period, within(15), at('2021-08-03T17:00:00')), undefined);
  t.equal(reminderDue(period, within(15), at('2021-08-03T18:00:00'))?.kind, 'closed');
});

t.test('as time goes on, reminders follow one another and are never from the future', async () => {
  const order = ['closingSoon', 'closed', 'feedbackDue', 'feedbackOverdue'];
  const rank = (kind: string | undefined) => (kind ? order.indexOf(kind) : -1);
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 1, max: 90 }),
      count,
      fc.nat(200 * 24),
      (opensAt, length, days, hours) => {
        const period = { opensAt, closesAt: new Date(opensAt.getTime() + length * dayMs) };
        const now = new Date(opensAt.getTime() + hours * 3_600_000);
        const one = reminderDue(period, within(days), now);
        const next = reminderDue(period, within(days), new Date(now.getTime() + 3_600_000));
        if (one && one.dueAt > now) return false;
        if (one?.kind.startsWith('feedback') && one.dueAt <= period.closesAt) return false;
        return rank(one?.kind) <= rank(next?.kind) && (one?.dueAt ?? opensAt) <= (next?.dueAt ?? now);
      },
    ),
  );
});

t.test('feedback that is due on a day is due at no other time of it', async () => {
  fc.assert(
    fc.property(instant, count, (closesAt, days) => {
      const dueOn = feedbackDueOn(closesAt, within(days));
      const { daysLeft } = feedbackClock(closesAt, within(days), startOf(dueOn));
      return daysLeft === 0 && dayOf(startOf(dueOn)) === dueOn;
    }),
  );
});
