import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../src/root.ts';
import { isAlike } from './alike.ts';
import { processesOf } from './lanes.ts';

// Each source becomes a file of its own under out/tests, in the same folders, with a map back to its lines: read once,
// not by every process and thread of every test. What an earlier build left there must not be tested.

const outdir = path.join(root, 'out/tests');
rmSync(outdir, { recursive: true, force: true });

// Of the benches a test reads what they measure.
const entryPoints = ['src', 'migrations', 'test', 'bench'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file)),
);

await build({
  absWorkingDir: root,
  entryPoints,
  outdir,
  outbase: '.',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  plugins: [
    {
      name: 'each file by itself, importing the others by their new names',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^/ }, ({ kind, path: wanted, importer }) =>
          kind === 'entry-point' ? null : { path: newNameOf(wanted, importer), external: true },
        ),
    },
  ],
});

// What a test file takes for tap is the subtest that bears its name.
writeFileSync(path.join(outdir, 'tap.js'), "export { current as default } from './test/lane.js';\n");

mkdirSync(path.join(outdir, 'lanes'));
for (const { name, files } of processesOf(
  entryPoints.filter((file) => file.endsWith('.test.ts')),
  isAlike,
))
  writeFileSync(
    path.join(outdir, 'lanes', `${name}.js`),
    `import { startLane } from '../test/start-lane.js';\nstartLane(${JSON.stringify(files, null, 1)});\n`,
  );

function newNameOf(wanted: string, importer: string): string {
  if (wanted !== 'tap' || importer === path.join(root, 'test/lane.ts'))
    return wanted.replace(/^(\..*)\.ts$/, '$1.js');
  return path.relative(path.dirname(importer), path.join(root, 'tap.js'));
}
