import { parentPort } from 'node:worker_threads';
import { type Comparable, foldedWords } from '../domain/groups/distinct-texts.ts';
import { findGroups } from '../domain/groups/find.ts';
import type { SentComment } from '../domain/groups/grouper.ts';
import { loadFold } from '../script.ts';
import type { FromGrouper, ToGrouper } from './grouper.ts';

// The other side of grouper.ts.
const fold = loadFold();
const comments: Comparable[] = [];
const clauses = new Map<number, string>();

parentPort?.on('message', (request: ToGrouper) => {
  void take(request).then(tell);
});

async function take(request: ToGrouper): Promise<FromGrouper> {
  const words = wordsWith(await fold);
  if ('clauses' in request) for (const [id, text] of request.clauses) clauses.set(id, words(text));
  else if ('comments' in request)
    for (const comment of request.comments) comments.push(comparable(comment, words));
  else return { groups: findGroups(comments, clauses, (share) => tell({ share })) };
  return 'taken';
}

function wordsWith(simplified: (text: string) => string): (text: string) => string {
  return (text) => foldedWords(simplified(text));
}

function comparable({ id, clause, stance, text }: SentComment, words: (text: string) => string): Comparable {
  return { id, clause, stance, words: words(text) };
}

function tell(message: FromGrouper): void {
  parentPort?.postMessage(message);
}
