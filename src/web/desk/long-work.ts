import { fill } from '../../domain/fill.ts';
import type { Sentences } from '../../sentences.ts';

// As measured, with room: 100,000 comments took 5 to 10 s on a quiet machine, a million rows 80 to 220 s
// (bench/README.md).
const commentsASecond = 10_000;
const rowsASecond = 5_000;
// What takes less, nobody wonders about.
const leastSeconds = 2;

/** About how long one deed on so many comments takes, in words; empty where nobody would wonder. */
export function deedTakes(comments: number, sentences: Sentences): string {
  return takes(comments / commentsASecond, sentences);
}

/** About how long a table of so many rows takes to be written, in words; empty where nobody would wonder. */
export function exportTakes(rows: number, sentences: Sentences): string {
  return takes(rows / rowsASecond, sentences);
}

function takes(seconds: number, { desk }: Sentences): string {
  if (seconds < leastSeconds) return '';
  return seconds <= 60
    ? fill(desk.takes.seconds, { seconds: Math.ceil(seconds) })
    : fill(desk.takes.minutes, { minutes: Math.ceil(seconds / 60) });
}
