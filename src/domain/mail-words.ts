import { longestComment, mostComments } from './comment.ts';
import type { Mail } from './mail.ts';
import { characters } from './text.ts';

/**
 * What a message says: its subject, unless the text says it too, and its text. Empty when it says nothing and only
 * files came.
 */
export function wordsOf({ subject, text }: Pick<Mail, 'subject' | 'text'>): string {
  return text.includes(subject) ? text : `${subject}\n\n${text}`.trim();
}

/**
 * A text in pieces that each fit into a comment, cut behind a line where that is possible; joined they are the text.
 * Null when there would be more pieces than a submission carries.
 */
export function inComments(text: string): string[] | null {
  const pieces: string[] = [];
  let piece = '';
  let room = longestComment;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
    for (const part of inParts(line)) {
      const length = characters(part);
      if (length > room) {
        pieces.push(piece);
        [piece, room] = ['', longestComment];
      }
      piece += part;
      room -= length;
    }
  if (piece !== '') pieces.push(piece);
  return pieces.length > mostComments ? null : pieces;
}

/** A line that fits, or pieces of it that do. */
function inParts(line: string): string[] {
  if (line.length <= longestComment) return [line];
  const all = [...line];
  const starts = Array.from(
    { length: Math.ceil(all.length / longestComment) },
    (_, at) => at * longestComment,
  );
  return starts.map((start) => all.slice(start, start + longestComment).join(''));
}

/** True when characters of a message could not be read. */
export function isGarbled({ from, subject, text }: Pick<Mail, 'from' | 'subject' | 'text'>): boolean {
  return [from.name, subject, text].some((each) => each.includes('\ufffd'));
}
