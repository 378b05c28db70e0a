import { createAgencyInvitation } from './actions/accept-invitation.ts';
import { loadConfig, makeClock } from './config.ts';
import { anyOfficer } from './db/officers.ts';
import { openDatabase } from './db/open.ts';
import { createRandom } from './random.ts';

// npm run agency:add: prints a one-time link by which a further agency gets its first administrator.
try {
  const config = loadConfig();
  const { db, close } = await openDatabase({ ...config, log: console });
  await printLink().finally(close);

  async function printLink(): Promise<void> {
    if (!(await anyOfficer(db)))
      throw new Error('agency:add refuses: the first agency gets its link when the portal starts');
    const token = await createAgencyInvitation(db, createRandom(), makeClock(config.clockStart)());
    console.log(
      `A further agency   ${config.publicUrl}/desk/invitations/${token}  (good once, for 24 hours)`,
    );
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
