import '../untracked.ts';

import t from 'tap';

// One process, one browser, in this order: how pages are judged, what people do, every page, what is printed, the build itself.
t.setTimeout(2_400_000);

await import('./judging.ts');
await import('./citizen.ts');
await import('./proofs.ts');
await import('./caseworker.ts');
await import('./entry.ts');
await import('./public-pages.ts');
await import('./desk-pages.ts');
await import('./printed.ts');
await import('./paper-breaks.ts');
await import('./import.ts');
await import('./office.ts');
await import('./files.ts');
await import('./tables.ts');
await import('./built.ts');
