import { openDatabase } from '../../../src/db/open.ts';
import '../../compiled-once.ts';

// Opens the embedded database in the folder it is told and says how that went, as another process would.
const database = await openDatabase({ dataDir: process.argv[2] as string }).catch((error: Error) => {
  console.log(error.message);
  process.exit(1);
});
console.log('opened');
await database.close();
