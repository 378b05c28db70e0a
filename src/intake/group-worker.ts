import { parentPort } from 'node:worker_threads';
import { type DistinctTexts, foldedWords, textCollector } from '../domain/groups/distinct-texts.ts';
import { groupsOf } from '../domain/groups/find.ts';
import { loadFold } from '../script.ts';
import type { FromGrouper, ToGrouper } from './grouper.ts';

// The other side of grouper.ts.
const fold = loadFold();
const collector = textCollector();
const clauses = new Map<number, string>();
let distinct: DistinctTexts | undefined;

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
  } else if (distinct)
    return { found: groupsOf(distinct, clauses, { kept: request.kept, onPart: (part) => tell({ part }) }) };
  return 'taken';
}

function wordsWith(simplified: (text: string) => string): (text: string) => string {
  return (text) => foldedWords(simplified(text));
}

function tell(message: FromGrouper): void {
  parentPort?.postMessage(message);
}
