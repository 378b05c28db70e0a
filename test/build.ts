import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../src/root.ts';

// Each source becomes a file of its own under out/tests, in the same folders, with a map back to its lines: read once,
// not by every process and thread of every test. What an earlier build left there must not be tested.

const outdir = path.join(root, 'out/tests');
rmSync(outdir, { recursive: true, force: true });

const entryPoints = ['src', 'migrations', 'test'].flatMap((folder) =>
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
        onResolve({ filter: /^/ }, ({ kind, path: wanted }) =>
          kind === 'entry-point' ? null : { path: wanted.replace(/^(\..*)\.ts$/, '$1.js'), external: true },
        ),
    },
  ],
});
