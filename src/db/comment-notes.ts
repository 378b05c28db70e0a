import type { Db, Trx } from './session.ts';

/** An internal note on a comment; never public. */
export interface CommentNote {
  readonly id: number;
  readonly text: string;
  readonly officerName: string;
  readonly createdAt: Date;
}

/** The notes on a comment, oldest first. */
export async function notesOn(db: Db, commentId: number): Promise<CommentNote[]> {
  return db
    .selectFrom('comment_notes as n')
    .innerJoin('officers as o', 'o.id', 'n.officer_id')
    .select(['n.id', 'n.text', 'o.name as officerName', 'n.created_at as createdAt'])
    .where('n.comment_id', '=', commentId)
    .orderBy('n.id')
    .execute();
}

/** Adds a note; those before it stay. */
export async function insertNote(
  trx: Trx,
  note: { readonly commentId: number; readonly text: string; readonly officerId: number },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('comment_notes')
    .values({ comment_id: note.commentId, text: note.text, officer_id: note.officerId, created_at: now })
    .execute();
}
