import '../untracked.ts';

import t from 'tap';
import { serverUrl } from '../database.ts';

// One after another: each takes the whole machine.
t.setTimeout(900_000);

await import('./portal-killed.ts');
await import('./deed-killed.ts');
// One database has one process, or several, and dies with it, or alone: that is PostgreSQL only.
if (serverUrl !== undefined) {
  await import('./two-portals.ts');
  await import('./database-killed.ts');
}
