import t from 'tap';

t.setTimeout(900_000);
await import('./public-pages.ts');
await import('./desk-pages.ts');
