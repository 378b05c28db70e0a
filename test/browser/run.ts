import t from 'tap';

t.setTimeout(900_000);

await import('./citizen.ts');
await import('./caseworker.ts');
