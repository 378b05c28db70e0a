import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { announcementIssues } from '../../src/domain/announcement-issues.ts';
import { textIssues } from '../../src/domain/announcement-text.ts';
import { readPaste } from '../../src/domain/parse/paste.ts';
import { bareAnnouncement, withFound } from '../../src/domain/proposed-announcement.ts';
import { root } from '../../src/root.ts';
import { paste } from '../fixtures/paste.ts';

const deadline = new Date('2026-04-10T18:00:00+08:00');

/** What is wrong with a pasted announcement whose period ends at `closesAt` (null: as it says itself). */
function wrongWith(source: string, closesAt: Date | null): string[] {
  const { announcement, draft } = readPaste(source);
  const bare = bareAnnouncement({
    name: '清源县水务局',
    short_name: '县水务局',
    site_name: '清源县人民政府网',
  });
  const found = withFound(bare, bare, announcement, '2026-03-01');
  const stated = announcement.fields.closesAt;
  const end = closesAt ?? (stated ? new Date(stated.value) : null);
  return [...announcementIssues(found), ...textIssues(found, end, draft.blocks)].map(
    ({ field, key, values }) => [field, key, values?.['name'] ?? values?.['words'] ?? ''].join(' ').trim(),
  );
}

const ours = (change: (text: string) => string) => wrongWith(change(paste()), deadline);

t.test('what must not be published is found in the text, each where it is put right', async (t) => {
  t.same(
    ours((text) => text),
    [],
    'a good one is left alone',
  );
  t.same(
    ours((text) => text.replace('2026年4月10日', '4月10日')),
    ['text yearMissing 4月10日下午6时'],
  );
  t.same(
    ours((text) => text.replace('4月10日下午6时', '4月12日下午6时')).map((each) => each.slice(0, 23)),
    ['closesAt otherDeadline '],
  );
  t.same(
    ours((text) =>
      text.replace('电话：0999-5550101', '电话：温如玉').replace('联系人：温如玉', '联系人：0999-5550101'),
    ),
    ['text swapped'],
  );
  t.same(
    ours((text) => text.replace('》，现向社会', '，现向社会')),
    ['text unbalanced'],
  );
  t.same(
    ours((text) => text.replace(/电子邮箱：.*|电话：.*|地址：.*|邮政编码：.*/g, '')),
    ['phone noContact'],
  );
  t.same(
    ours((text) =>
      text.replace('清源县水务局\n\n2026年3月1日', '附件：1.意见反馈表\n\n清源县水务局\n\n2026年3月1日'),
    ),
    ['text deadAnnex 意见反馈表'],
  );
  t.same(
    ours((text) => text.replace('提出意见和建议。', '提出意见和建议，具体标准见附件2。')),
    ['text deadAnnex 附件2'],
  );
});

t.test('contact person and phone that were typed into each other are one mistake, not two', async (t) => {
  const { announcement } = readPaste(paste());
  const bare = bareAnnouncement({ name: '清源县水务局', short_name: '县水务局', site_name: '县政府网' });
  const found = withFound(bare, bare, announcement, '2026-03-01');
  const keys = (change: object) => announcementIssues({ ...found, ...change }).map(({ key }) => key);
  t.same(keys({ phone: '温如玉', contactPerson: '0999-5550101' }), ['swapped']);
  t.same(keys({ phone: '', contactPerson: '0999-5550101' }), ['isAPhone']);
  t.same(keys({ contactPerson: '' }), [], 'many agencies name nobody');
});

t.test(
  'dates that follow from their sentence, and annexes that are the draft, are no mistakes',
  async (t) => {
    const among = (sentence: string) =>
      ours((text) => text.replace('提出意见和建议。', `提出意见和建议。${sentence}`));
    t.same(among('今年4月1日起另行公布。'), []);
    t.same(among('座谈会定于2026年3月20日至3月22日举行，3月22日可以发言。'), []);
    t.same(among('办法自每年6月1日起执行。'), []);
    t.same(among('前期自3月10个工作日内完成。'), []);
    t.same(among('\n附件：清源县农村供水管理办法（征求意见稿）.docx\n'), []);
    t.same(
      among(
        '\n附件：1.《清源县农村供水管理办法（征求意见稿）》\n2.关于《清源县农村供水管理办法》的起草说明\n',
      ),
      [],
    );
  },
);

const fixtures = path.join(root, '../shared/fixtures/notices');
const faults: Readonly<Record<string, readonly string[]>> = {
  'A04.txt': ['text yearMissing 11月23日'],
  'A08.txt': ['text yearMissing 7月26日'],
  'A09.txt': ['text unbalanced', 'text yearMissing 6月9日'],
  'A11.txt': ['text unbalanced'],
  'A15.txt': ['text swapped'],
  // Their annexes were not stored with them.
  'A22.txt': ['text deadAnnex 公开征求意见反馈表'],
  'A25.txt': [
    'text deadAnnex 征求意见单位名单',
    'text deadAnnex ……（征求意见稿）',
    'text deadAnnex 《……（征求意见稿）》编制说明',
  ],
  'A26.txt': ['text deadAnnex 标准立项反馈意见表'],
  'A28.txt': ['text deadAnnex 市政府2026年度立法工作计划建议项目表'],
};

t.test(
  'thirty real announcements: their faults are found, what is right in them is left alone',
  { skip: existsSync(fixtures) ? false : 'the fixtures in ../shared are not here' },
  async (t) => {
    for (const name of readdirSync(fixtures).filter((each) => each.startsWith('A'))) {
      const source = readFileSync(path.join(fixtures, name), 'utf8')
        .replace(/^#.*\n/gm, '')
        .trim();
      // Where a page's title or contacts were not stored, the text cannot name them.
      const found = wrongWith(source, null).filter((each) => !/required|noContact/.test(each));
      t.same(found, faults[name] ?? [], name);
    }
  },
);
