import fc from 'fast-check';
import t from 'tap';
import { channels } from '../../src/domain/comment.ts';
import { outcomes } from '../../src/domain/disposition.ts';
import { drawUpNotice, type NoticeFacts } from '../../src/domain/feedback-notice.ts';
import { fill } from '../../src/domain/fill.ts';
import { blockersOf } from '../../src/domain/notice-blockers.ts';
import { type NoticeComment, noticeRow } from '../../src/domain/notice-row.ts';
import { screeningStates } from '../../src/domain/screening.ts';
import type { Day } from '../../src/domain/shanghai.ts';
import { addsUp, type CountedComment, countTotals } from '../../src/domain/totals.ts';
import { loadSentences } from '../../src/sentences.ts';

const words = loadSentences().notice;
const facts: NoticeFacts = {
  agencyName: '清源县住房和城乡建设局',
  agencyShort: '县住建局',
  siteName: '清源县人民政府网',
  purpose: '方便居民上下楼',
  draftName: '清源县老旧小区加装电梯办法（征求意见稿）',
  publishedOn: '2026-03-01',
  closesAt: new Date('2026-04-01T18:00:00+08:00'),
};
type Given = CountedComment & NoticeComment;
const comment: Given = {
  submissionId: 1,
  channel: 'online',
  late: false,
  withdrawn: false,
  outcome: 'adopted',
  reason: '',
  clause: '第七条',
  text: '建议公示期延长。',
  screening: 'waiting',
  commenterKind: 'individual',
  name: '朱清和',
  consent: 'withName',
  alike: 1,
  channels: { online: 1 },
};

function drawn(comments: readonly Given[], date: Day = '2026-04-02') {
  const notice = drawUpNotice(facts, countTotals(comments), words, date);
  const standing = comments.filter(({ withdrawn, late }) => !withdrawn && !late);
  return { ...notice, rows: standing.map((each, index) => noticeRow(each, index + 1, words)) };
}

function inOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const found = text.indexOf(part, from);
    from = found + part.length;
    return found >= 0;
  });
}

t.test('a notice on nothing received tells every fact in the order of the genre', async (t) => {
  const notice = drawn([], '2026-04-01');
  t.equal(notice.branch, 'nothingReceived');
  const whole = [...notice.paragraphs, ...notice.signatures, notice.date].join('\n');
  const parts = [
    '为方便居民上下楼，',
    '县住建局于2026年3月1日',
    '清源县人民政府网',
    '《清源县老旧小区加装电梯办法（征求意见稿）》',
  ];
  t.ok(
    inOrder(whole, [
      ...parts,
      '向社会公开征求意见',
      '2026年4月1日下午6时',
      '未收到',
      '感谢',
      '清源县住房和城乡建设局',
      '2026-04-01',
    ]),
  );
  t.same(notice.rows, []);
});

t.test('each branch says how the comments were treated', async (t) => {
  const branch = (comments: Given[]) => {
    const notice = drawn(comments);
    return { branch: notice.branch, text: notice.paragraphs.join('') };
  };
  const refused = { ...comment, submissionId: 2, outcome: 'notAdopted', reason: '上位法已有规定' } as const;
  const unrelated = { ...comment, outcome: 'outOfScope', reason: '属公交线路问题，已转县交通局' } as const;
  t.match(branch([comment]), { branch: 'allAdopted', text: /1件、1条.*全部采纳/ });
  t.match(branch([comment, refused]), { branch: 'mixed', text: /2件、2条.*采纳1条，未采纳1条/ });
  t.match(branch([unrelated]), { branch: 'onlyUnrelated', text: /均不属于/ });
  t.match(branch([comment, { ...refused, withdrawn: true }]), {
    branch: 'allAdopted',
    text: /1件、1条由提出者/,
  });
});

t.test('late comments are told as a number, have no row, and change no other number', async (t) => {
  const late = { ...comment, submissionId: 2, late: true, outcome: null };
  const [without, mixed, alone] = [drawn([comment]), drawn([comment, late, late]), drawn([late])];
  t.equal(mixed.branch, 'allAdopted');
  t.match(mixed.paragraphs[0], /共收到意见和建议1件、1条。.*另有意见和建议1件、2条逾期收到，单独计数。$/);
  t.same(mixed.rows, without.rows);
  t.same({ ...mixed.totals, late: without.totals.late }, without.totals);
  t.equal(alone.branch, 'nothingReceived');
  t.match(alone.paragraphs[0], /未收到社会反馈的意见和建议。另有意见和建议1件、1条逾期收到，单独计数。$/);
  t.notMatch(without.paragraphs.join(''), /逾期/);
});

t.test('names are masked, kept back or shown as the commenter chose', async (t) => {
  const row = (change: Partial<NoticeComment>) => noticeRow({ ...comment, ...change }, 1, words);
  t.equal(row({}).commenter, '朱**');
  t.equal(row({ consent: 'withoutName' })?.commenter, '个人');
  t.equal(row({ commenterKind: 'organisation', name: '清源县物业协会' }).commenter, '清源县物业协会');
  const withheld = row({ consent: 'no' });
  t.equal(withheld.commenter, '个人');
  t.notMatch(JSON.stringify(withheld), /公示期延长|朱/, 'no word of a comment that may not be published');
  const hidden = row({ screening: 'hidden' });
  t.match(hidden, { text: words.hidden, commenter: '朱**' });
  t.equal(row({ screening: 'waiting' }).text, comment.text);
});

t.test('no comment is lost between what came in and the table', async () => {
  const any: fc.Arbitrary<Given> = fc.record({
    submissionId: fc.nat(20),
    channel: fc.constantFrom(...channels),
    late: fc.boolean(),
    withdrawn: fc.boolean(),
    outcome: fc.option(fc.constantFrom(...outcomes)),
    reason: fc.string(),
    clause: fc.string(),
    text: fc.string(),
    screening: fc.constantFrom(...screeningStates),
    commenterKind: fc.constantFrom('individual' as const, 'organisation' as const),
    name: fc.string(),
    alike: fc.constant(1),
    channels: fc.constant({ online: 1 }),
    consent: fc.constantFrom('withName' as const, 'withoutName' as const, 'no' as const),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), (list) => {
      const comments = list.map((each, index) => ({ ...each, submissionId: index }));
      const notice = drawn(comments);
      const { received, withdrawn, late } = notice.totals;
      return (
        addsUp(notice.totals) &&
        notice.rows.length + withdrawn.comments === received.comments &&
        received.comments + late.comments === list.length
      );
    }),
  );
});

t.test('a notice whose numbers do not add up cannot be drawn up', async (t) => {
  const twoChannels = [comment, { ...comment, channel: 'email' as const }];
  t.throws(() => drawn(twoChannels), /do not add up/);
});

t.test('signing waits for every disposition and every opened channel', async (t) => {
  const { totals } = drawn([{ ...comment, outcome: null }]);
  const blocked = blockersOf({
    drawnUp: false,
    totals,
    printsNumbers: true,
    openChannels: ['online', 'email'],
    checkedChannels: ['online'],
  });
  t.same(blocked, ['noticeNotDrawnUp', 'undisposed', 'personalNumbers', 'channelsUnchecked']);
  const done = drawn([]);
  t.same(
    blockersOf({
      drawnUp: true,
      totals: done.totals,
      printsNumbers: false,
      openChannels: ['online'],
      checkedChannels: ['online'],
    }),
    [],
  );
});

t.test('a sentence that asks for an unknown fact is refused', async (t) => {
  t.throws(() => fill('{nothing}', {}), /no value for \{nothing\}/);
});
