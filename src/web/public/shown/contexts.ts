import type { CommenterKind, Stance } from '../../../domain/comment.ts';
import type { Link } from '../shapes.ts';

/** A comment as readers see it. */
export interface ShownComment {
  readonly id: number;
  /** Masked; empty where no name may be shown. */
  readonly name: string;
  readonly commenterKind: CommenterKind;
  readonly stance: Stance;
  readonly receivedAt: Date;
  readonly text: string;
  readonly proposedWording: string;
  readonly quotation: string;
  /** What it is about, where that is not the page's own clause. */
  readonly about: Link | null;
}

/** A portion of what was said, latest first. */
export interface ShownPortion {
  /** How many there are in all. */
  readonly count: number;
  readonly comments: readonly ShownComment[];
  /** Where earlier comments are; empty when there are none. */
  readonly earlierTo: string;
  /** Where the latest are; empty on the first portion. */
  readonly latestTo: string;
  /** Those on the whole consultation; empty on their own page. */
  readonly allTo: string;
}

/** How many comments there are, and where they are read. */
export interface ShownCount {
  readonly count: number;
  readonly to: string;
}

/** All that was said about a draft. */
export interface CommentsPage {
  readonly crumbs: readonly Link[];
  readonly draftName: string;
  readonly shown: ShownPortion;
  /** Where to comment on the whole draft; empty unless open. */
  readonly commentTo: string;
}

/** Every page of shown comments. */
export interface ShownPages {
  'public/comments': CommentsPage;
}
