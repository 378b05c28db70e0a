import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { judgeSubmission } from '../../src/domain/comment.ts';
import { type Phase, shortfall } from '../../src/domain/consultation.ts';
import { judgeDisposition } from '../../src/domain/disposition.ts';
import type { Block, Level } from '../../src/domain/outline.ts';
import { readPaste } from '../../src/domain/parse/paste.ts';
import { addDays, type Day, startOf } from '../../src/domain/shanghai.ts';
import { root } from '../../src/root.ts';
import type { Sample, SampleSubmission } from '../../src/sample/sample.ts';
import { sampleAgencies, sampleOfficers, samples } from '../../src/sample/samples.ts';
import { isWorkingDay } from '../../src/workdays.ts';

const folder = path.join(root, 'src/sample/texts');
const rawText = (file: string) => readFileSync(path.join(folder, file), 'utf8');
const pasteOf = ({ file }: Pick<Sample, 'file'>) =>
  readPaste(
    rawText(file)
      .replaceAll('{{announcedOn}}', '2026年3月1日')
      .replaceAll('{{closesAt}}', '2026年4月1日18时'),
  );
const agencyOf = (sample: Sample) => sampleAgencies.find(({ key }) => key === sample.agency);
const files = samples.flatMap(({ file, nextVersion }) => (nextVersion ? [file, nextVersion.file] : [file]));
const commentsOf = (submissions: readonly SampleSubmission[]) =>
  submissions.flatMap(({ comments }) => comments);

t.test('every sample text belongs to one sample, and every phase has one', async (t) => {
  const inFolder = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  t.same([...files].sort(), inFolder.sort());
  const phases: Phase[] = ['upcoming', 'open', 'open', 'closed', 'answered', 'answered'];
  t.same(samples.map(({ phase }) => phase).sort(), phases.sort());
});

t.test('a sample text depends on the clock through its two placeholders only', async (t) => {
  const placeholders = ['{{announcedOn}}', '{{closesAt}}'];
  for (const file of files) {
    const text = rawText(file);
    const isWhole = samples.some((sample) => sample.file === file);
    t.same([...new Set(text.match(/\{\{.*?\}\}/gu))].sort(), isWhole ? placeholders : [], file);
    t.notMatch(text, /[12]\d{3}年/u, `${file} names no year`);
    t.notMatch(text, /[^\S\t\n\u3000]|[,;:()]/u, `${file} has full-width punctuation and no stray space`);
  }
});

t.test('brackets of a sample text close what they open', async (t) => {
  const closes = (line: string) =>
    ['《》', '（）', '“”'].every(
      ([opening = '', closing = '']) => line.split(opening).length === line.split(closing).length,
    );
  for (const file of files)
    t.same(
      rawText(file)
        .split('\n')
        .filter((line) => !closes(line)),
      [],
      file,
    );
});

t.test('an announcement gives every fact that the form asks for', async (t) => {
  for (const sample of samples) {
    const { fields } = pasteOf(sample).announcement;
    const agency = agencyOf(sample);
    const facts = [fields.agencyName, fields.agencyShort, fields.mailbox, fields.fax, fields.postcode];
    t.same(
      facts.map((field) => field?.value),
      [agency?.name, agency?.shortName, agency?.mailbox, agency?.fax, agency?.postcode],
      sample.file,
    );
    t.match(fields.address?.value ?? '', agency?.address ?? 'none', sample.file);
    t.match(fields.phone?.value ?? '', /^0600-5550\d{3}$/u, sample.file);
    t.match(fields.title?.value ?? '', `《${fields.draftName?.value}》`, sample.file);
    t.match(fields.purpose?.value ?? '', /^为[^《]{10,60}$/u, sample.file);
    t.ok(fields.contactPerson && fields.addressee, sample.file);
    t.equal(fields.closesAt?.value, '2026-04-01T18:00:00+08:00', sample.file);
    t.equal(fields.announcedOn?.value, '2026-03-01', sample.file);
  }
});

t.test('a sample draft has twenty clauses or more, no gap, and an annex', async (t) => {
  for (const file of files) {
    const { blocks, warnings } = pasteOf({ file }).draft;
    const units = blocks.filter(({ level }) => level === 'article' || level === 'h2');
    t.ok(units.length >= 20, `${file} has ${units.length}`);
    t.notOk(
      warnings.some(({ key }) => key !== 'flattenedTable'),
      JSON.stringify(warnings),
    );
    t.equal(blocks.filter(({ kind }) => kind === 'annex').length, 1, file);
    for (const level of ['chapter', 'article', 'subparagraph', 'h1', 'h2', 'h3'] as const)
      t.same(labelsOf(blocks, level), labelsWanted(file, level), `${file} ${level}`);
  }
});

// The labels are also counted straight from the lines, so that a parser that loses one is seen.
const labelPatterns: Partial<Record<Level, RegExp>> = {
  chapter: /^第[一二三四五六七八九十]+章/u,
  article: /^第[一二三四五六七八九十]+条(之[一二])?/u,
  subparagraph: /^（[一二三四五六七八九十]+）/u,
  h1: /^[一二三四五六七八九十]+、/u,
  h2: /^（[一二三四五六七八九十]+）/u,
  h3: /^\d+\./u,
};

function labelsOf(blocks: readonly Block[], level: Level): string[] {
  return blocks.filter((block) => block.level === level).map(({ label }) => label);
}

function labelsWanted(file: string, level: Level): string[] {
  const isLaw = /^第一条/mu.test(rawText(file));
  if (isLaw !== ['chapter', 'article', 'subparagraph'].includes(level)) return [];
  const draft = rawText(file).split('草案内容\n').at(-1) ?? '';
  return draft
    .split('\n')
    .map((line) => labelPatterns[level]?.exec(line)?.[0] ?? '')
    .filter((label) => label !== '');
}

t.test('annex tables have as many cells in every row as in their head', async (t) => {
  for (const file of files) {
    const rows = rawText(file)
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line) => line.split('\t'));
    t.ok(rows.length >= 4, file);
    for (const row of rows) t.equal(row.length, rows[0]?.length, row.join(' | '));
    t.notOk(
      rows.flat().some((cell) => cell.trim() === ''),
      `${file} has no empty cell`,
    );
  }
});

t.test('a sample period is long enough for its kind on whatever day the clock stands', async (t) => {
  for (const sample of samples) {
    const short = [];
    for (let today: Day = '2021-01-01'; today < '2028-01-01'; today = addDays(today, 1))
      if (shortfall(sample.kind, periodFrom(sample, today), isWorkingDay)) short.push(today);
    t.same(short, [], sample.key);
  }
});

t.test('a sample comment came while its consultation was open, and in the past', async (t) => {
  for (const { comments, opensInDays, closesInDays, key } of samples)
    for (const { daysAfterOpening } of comments)
      t.ok(daysAfterOpening > 0 && opensInDays + daysAfterOpening < Math.min(closesInDays, 0), key);
});

t.test(
  'the next version of a sample came while its consultation was open, between its comments',
  async (t) => {
    const later = samples.filter(({ nextVersion }) => nextVersion);
    t.same(
      later.map(({ key, phase }) => [key, phase]),
      [['elevator', 'open']],
    );
    for (const { comments, nextVersion, opensInDays } of later) {
      const day = nextVersion?.daysAfterOpening ?? 0;
      t.ok(opensInDays + day < 0);
      t.ok(comments.some(({ daysAfterOpening }) => daysAfterOpening < day));
      t.ok(comments.some(({ daysAfterOpening }) => daysAfterOpening >= day));
    }
  },
);

function periodFrom(sample: Sample, today: Day) {
  const opensAt = startOf(addDays(today, sample.opensInDays)).getTime() + 9 * 3_600_000;
  const closesAt = startOf(addDays(today, sample.closesInDays)).getTime() + sample.closesAtHour * 3_600_000;
  return { opensAt: new Date(opensAt), closesAt: new Date(closesAt) };
}

t.test(
  'a sample comment stands on exactly one clause and could have been sent through the form',
  async (t) => {
    for (const sample of samples) {
      for (const submission of sample.comments) {
        const names = namesIn(fileFor(sample, submission));
        for (const { clause } of submission.comments)
          if (clause) t.equal(names.filter((each) => each.includes(clause)).length, 1, clause);
        t.notOk('issues' in judgeSubmission(asTyped(submission), asks), submission.comments[0]?.text ?? '');
      }
    }
  },
);

// The version that was the newest when it was sent.
function fileFor({ file, nextVersion }: Sample, { daysAfterOpening }: SampleSubmission): string {
  return nextVersion && daysAfterOpening >= nextVersion.daysAfterOpening ? nextVersion.file : file;
}

function namesIn(file: string): string[][] {
  return pasteOf({ file }).draft.blocks.map(({ label, heading }) => [label, `${label}${heading}`]);
}

const asks = { name: 'optional', phone: 'optional', email: 'optional' } as const;

function asTyped(given: SampleSubmission) {
  const comments = given.comments.map((each) => ({
    ...each,
    clause: '',
    proposedWording: each.proposedWording ?? '',
    quotation: null,
  }));
  return { ...given, comments, name: given.name ?? '', phone: given.phone ?? '', email: given.email ?? '' };
}

t.test(
  'an answered sample answers every comment with a reason; an open or closed one answers none',
  async (t) => {
    for (const sample of samples)
      for (const { text, disposition } of commentsOf(sample.comments)) {
        t.equal(disposition !== undefined, sample.phase === 'answered', text);
        if (disposition) t.notOk('issues' in judgeDisposition(disposition), disposition.reason);
        if (disposition) t.ok(disposition.reason.length >= 40, disposition.reason);
      }
    const count = (key: string) => {
      const comments = samples.find((sample) => sample.key === key)?.comments ?? [];
      return [comments.length, commentsOf(comments).length];
    };
    t.same({ elevator: count('elevator'), dogs: count('dogs'), water: count('water') }, sizes);
    const texts = samples.flatMap(({ comments }) => commentsOf(comments)).map(({ text }) => text);
    t.equal(new Set(texts).size, texts.length, 'no text twice');
  },
);

const sizes = { elevator: [8, 11], dogs: [14, 17], water: [10, 14] };

t.test('each agency has someone to prepare and someone else to sign', async (t) => {
  for (const { key } of sampleAgencies)
    for (const role of ['caseworker', 'approver', 'administrator'])
      t.ok(sampleOfficers.some((officer) => officer.agency === key && officer.role === role));
  t.equal(new Set(sampleOfficers.map(({ login }) => login)).size, sampleOfficers.length);
});
