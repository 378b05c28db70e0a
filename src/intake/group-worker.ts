import { parentPort } from 'node:worker_threads';
import { type DistinctTexts, foldedWords, textCollector } from '../domain/groups/distinct-texts.ts';
import { type Found, groupsOf } from '../domain/groups/find.ts';
import type { Reading } from '../domain/groups/leaders.ts';
import { loadFold } from '../script.ts';
import type { FromGrouper, ToGrouper } from './grouper.ts';

// The other side of grouper.ts.
const fold = loadFold();
const collector = textCollector();
const clauses = new Map<number, string>();
let distinct: DistinctTexts | undefined;
let reading: Reading<Found> | undefined;

parentPort?.on('message', (request: ToGrouper) => {
  void take(request).then(tell);
});

async function take(request: ToGrouper): Promise<FromGrouper> {
  const words = wordsWith(await fold);
  if ('clauses' in request) for (const [id, text] of request.clauses) clauses.set(id, words(text));
  else if ('comments' in request)
    for (const { text, ...comment } of request.comments) collector.add({ ...comment, words: words(text) });
  else if ('collected' in request) {
    distinct = collector.collected();
    return { mark: distinct.mark };
  } else if ('kept' in request && distinct) {
    const { kept } = request;
    reading = groupsOf(distinct, clauses, { kept, onPart: (part) => tell({ part }) });
    return goOn(reading, []);
  } else if ('texts' in request && reading) return goOn(reading, request.texts.map(words));
  return 'taken';
}

function goOn(groups: Reading<Found>, words: readonly string[]): FromGrouper {
  const step = groups.next(words);
  return step.done ? { found: step.value } : { wanted: step.value };
}

function wordsWith(simplified: (text: string) => string): (text: string) => string {
  return (text) => foldedWords(simplified(text));
}

function tell(message: FromGrouper): void {
  parentPort?.postMessage(message);
}
