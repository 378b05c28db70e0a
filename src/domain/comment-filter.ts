import type { AssignedFilter } from './assignment.ts';
import type { Channel, Stance } from './comment.ts';
import type { Outcome } from './disposition.ts';
import type { ScreeningState } from './screening.ts';

/** How what was received is divided: it came in time and stands, was withdrawn in time, or came late. */
export const parts = ['standing', 'withdrawn', 'late'] as const;
export type Part = (typeof parts)[number];

/** Where a comment's disposition stands. */
export type DispositionState = Outcome | 'undisposed';

/** Which of the comments received; empty asks for nothing. Who asks for a state of work means standing comments. */
export interface CommentFilter {
  /** A clause by id, or the whole draft. */
  readonly clause: number | 'whole' | '';
  readonly channel: Channel | '';
  readonly stance: Stance | '';
  readonly part: Part | '';
  readonly screening: ScreeningState | '';
  readonly disposition: DispositionState | '';
  readonly assigned: AssignedFilter;
  readonly words: string;
}

export const everyComment: CommentFilter = {
  clause: '',
  channel: '',
  stance: '',
  part: '',
  screening: '',
  disposition: '',
  assigned: '',
  words: '',
};

/** The part that a filter asks for: screening, disposition and assignment are the work on standing comments. */
export function partOf({ part, screening, disposition, assigned }: CommentFilter): Part | '' {
  const asksForWork = screening !== '' || disposition !== '' || assigned !== '';
  return part === '' && asksForWork ? 'standing' : part;
}
