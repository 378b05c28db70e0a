import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { settingNames } from '../src/config.ts';
import { root } from '../src/root.ts';
import { chooser, isAlike } from './alike.ts';

interface Source {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources = readSources('src');

/** What each room may import, of our own rooms; a room not named here is one of src's own files. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  db: ['domain'],
  actions: ['db', 'domain'],
  web: ['actions', 'db', 'domain'],
  intake: ['actions', 'db', 'domain'],
  print: ['db', 'domain'],
  mail: ['db', 'domain'],
  sample: ['actions', 'db', 'domain'],
};
// Values and types that any room above db may ask for.
const anyRoomMayImport = [
  'config.ts',
  'deps.ts',
  'root.ts',
  'script.ts',
  'secret-box.ts',
  'sentences.ts',
  'workdays.ts',
];

t.test('imports go down the house and never up', async (t) => {
  const up = sources.flatMap(({ file, imports }) =>
    imports.filter((target) => !goesDown(file, target)).map((target) => `${file} imports ${target}`),
  );
  t.same(up, []);
});

function goesDown(file: string, target: string): boolean {
  const room = roomOf(file);
  const allowed = mayImport[room];
  if (!allowed || file.startsWith('src/db/cli-') || !target.startsWith('.')) return true;
  const resolved = path.join(path.dirname(file), target);
  if (resolved.startsWith('views/')) return true;
  if (room === 'domain') return roomOf(resolved) === 'domain';
  return (
    [room, ...allowed].includes(roomOf(resolved)) || anyRoomMayImport.includes(resolved.replace('src/', ''))
  );
}

t.test('domain does no I/O and knows no clock and no chance', async (t) => {
  const domain = sources.filter(({ file }) => roomOf(file) === 'domain');
  const outside = domain.filter(({ imports }) => imports.some((each) => !each.startsWith('.')));
  t.same(filesOf(outside), [], 'they import nothing from outside');
  t.same(filesWith(/Date\.now\(|new Date\(\)|Math\.random|process\.|console\./, domain), []);
});

t.test('only db speaks SQL', async (t) => {
  const speakers = sources.filter(({ imports }) =>
    imports.some((each) => /^(kysely|pg|@electric-sql)/.test(each)),
  );
  t.same(filesOf(speakers.filter(({ file }) => roomOf(file) !== 'db')), []);
});

t.test('only actions and the sample data open transactions', async (t) => {
  const others = sources.filter(({ file }) => !['actions', 'db', 'sample'].includes(roomOf(file)));
  t.same(filesWith(/\btransaction\(/, others), []);
});

t.test('only config reads the environment', async (t) => {
  t.same(filesWith(/process\.env/, sources), ['src/config.ts']);
});

t.test('time comes in as an argument: only the process itself reads the clock', async (t) => {
  const others = sources.filter(({ file }) => file !== 'src/config.ts');
  t.same(filesWith(/Date\.now\(|new Date\(\)|Math\.random/, others), []);
});

t.test('only one file chooses the database of the tests, and what reaches it runs on each', async (t) => {
  const readers = filesUnder('test').filter((file) => /\benv\['DATABASE_URL/.test(read(file)));
  t.same(readers, [chooser]);
  t.notOk(isAlike('test/web/home.test.ts'), 'through test/support.ts');
  t.notOk(isAlike('test/db/each-database.test.ts'), 'by itself');
  t.ok(isAlike('test/domain/rules.test.ts'));
  t.ok(isAlike('test/db/crash.test.ts'), 'on the embedded database, always');
});

t.test('migrations import nothing of ours', async (t) => {
  for (const source of readSources('migrations'))
    t.same(
      source.imports.filter((each) => each.startsWith('.')),
      [],
      source.file,
    );
});

t.test('no file is longer than a room, none is called utils, none has a default export', async (t) => {
  t.same(filesOf(sources.filter(({ text }) => text.split('\n').length > 210)), [], 'none has over 210 lines');
  t.same(filesOf(sources.filter(({ file }) => /utils?\.ts$/.test(file))), []);
  t.same(filesWith(/^export default/m, sources), []);
});

t.test('every setting stands in .env.example and in docs/operating.md', async (t) => {
  const example = read('.env.example');
  const operating = read('docs/operating.md');
  for (const name of settingNames) {
    t.match(example, new RegExp(`^#? ?${name}=`, 'm'), `.env.example has ${name}`);
    t.ok(operating.includes(`\`${name}\``), `docs/operating.md has ${name}`);
  }
});

t.test('every table stands in docs/glossary.md and every time in docs/timestamps.md', async (t) => {
  const tables = filesUnder('src/db')
    .filter((file) => file.endsWith('tables.ts'))
    .map(read)
    .join('');
  const glossary = read('docs/glossary.md');
  const timestamps = read('docs/timestamps.md');
  for (const [, name] of tables.matchAll(/^ {2}(\w+): \{/gm))
    t.ok(glossary.includes(`\`${name}\``), `glossary has ${name}`);
  for (const [, name] of tables.matchAll(/\b(\w+_at): /g))
    t.ok(timestamps.includes(`\`${name}\``), `timestamps has ${name}`);
});

t.test('every script stands in both READMEs, every dependency in docs/architecture.md', async (t) => {
  const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;
  for (const name of Object.keys(scripts ?? {}).filter((each) => !/^(pre|post)/.test(each)))
    for (const file of ['README.md', 'README.zh-CN.md']) {
      const call = ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`;
      t.ok(read(file).includes(call), `${file} has ${call}`);
    }
  for (const name of Object.keys({ ...dependencies, ...devDependencies }))
    t.ok(read('docs/architecture.md').includes(`\`${name}\``), `docs/architecture.md has ${name}`);
});

t.test('every version is pinned exactly', async (t) => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    t.match(version, /^\d+\.\d+\.\d+$/, name);
});

t.test('no template prints unescaped text but the layouts their body', async (t) => {
  for (const file of filesUnder('views').filter(
    (each) => each.endsWith('.hbs') && !each.startsWith('views/mail/'),
  )) {
    const raw = [...read(file).matchAll(/\{\{\{\s*(.*?)\s*\}\}\}/g)].map(([, inside]) => inside);
    t.same(raw, file.startsWith('views/layouts/') ? ['body'] : [], file);
  }
});

t.test('no template has an inline script, style or event handler', async (t) => {
  const templates = filesUnder('views').filter((each) => each.endsWith('.hbs'));
  const inline = /<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=/;
  t.same(
    templates.filter((file) => inline.test(read(file))),
    [],
  );
});

function readSources(folder: string): Source[] {
  return filesUnder(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const text = read(file);
      const imports = [...text.matchAll(/(?:^|\n)(?:import|export)\b[^;]*?from '([^']+)'/g)].map(
        ([, from]) => from ?? '',
      );
      return { file, text, imports };
    });
}

function filesWith(what: RegExp, among: readonly Source[]): string[] {
  return filesOf(among.filter(({ text }) => what.test(text)));
}

function filesOf(found: readonly Source[]): string[] {
  return found.map(({ file }) => file);
}

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function roomOf(file: string): string {
  const [, room = ''] = file.split('/');
  return room;
}
