import t from 'tap';
import { serverUrl } from '../database.ts';

// One after another: each takes the whole machine.
t.setTimeout(900_000);

await import('./portal-killed.ts');
// A database that has one process dies with it; one that has several can die alone.
if (serverUrl === undefined) await import('./embedded-killed.ts');
else {
  await import('./two-portals.ts');
  await import('./database-killed.ts');
}
