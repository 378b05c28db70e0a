import './compiled-once.ts';
import { runLane } from './lane.ts';

await runLane(process.argv.slice(2));
