import '../untracked.ts';

import t from 'tap';

// One process, one browser, in this order: what people do, how pages are judged, every page, what is printed, the build.
const files = [
  ...['citizen', 'proofs', 'caseworker', 'entry', 'judging', 'public-pages', 'desk-pages', 'printed'],
  ...['paper-breaks', 'import', 'office', 'files', 'tables', 'built'],
];

t.setTimeout(2_400_000);
// In a test, since whatever comes after the last one has ended is too late.
t.test('every file is read', async (t) => {
  for (const file of files) {
    await import(`./${file}.ts`);
    t.pass(file);
  }
});
