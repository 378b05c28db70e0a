import type { LinkKind } from '../../domain/versions/clause.ts';
import type { Run } from '../../domain/versions/diff.ts';
import type { Marks } from '../origin-marks.ts';
import type { BlockView, Link } from './shapes.ts';
import type { ShownPortion } from './shown/contexts.ts';

/** What the versions of a draft say of the one that is shown. */
export interface VersionsView {
  readonly version: number;
  readonly createdAt: Date;
  readonly note: string;
  readonly isNewest: boolean;
  /** All versions, the newest first. */
  readonly all: readonly { readonly version: number; readonly to: string; readonly createdAt: Date }[];
  /** Where this version is compared with the one before; empty for the first. */
  readonly changesTo: string;
}

/** What became of a clause towards the version before or after. */
export interface Kin {
  readonly kind: LinkKind;
  readonly version: number;
  readonly clauses: readonly Link[];
}

/** One clause of one version in a comparison. */
export interface ComparedSide {
  readonly label: readonly Run[];
  readonly heading: readonly Run[];
  readonly text: readonly Run[];
}

/** One change, or a stretch of clauses that did not change. */
export type ChangeRow =
  | {
      readonly view: 'change';
      /** Unique on the page. */
      readonly id: string;
      readonly kind: LinkKind;
      readonly name: string;
      readonly old: readonly ComparedSide[];
      readonly next: readonly ComparedSide[];
      /** Too tall to be kept on one page in print. */
      readonly tall: boolean;
    }
  | {
      readonly view: 'unchanged';
      readonly first: string;
      readonly last: string;
      readonly clauses: readonly { readonly name: string; readonly text: string }[];
    };

/** One version of a draft on a page of its own. */
export interface VersionPage {
  readonly crumbs: readonly Link[];
  readonly draftName: string;
  readonly commentTo: string;
  readonly newestTo: string;
  readonly blocks: readonly BlockView[];
  readonly contents: readonly Link[];
  readonly versions: VersionsView;
}

/** One clause on a page of its own, with all below it. */
export interface ClausePage {
  readonly crumbs: readonly Link[];
  readonly draftName: string;
  readonly name: string;
  readonly version: number;
  readonly isNewest: boolean;
  readonly blocks: readonly BlockView[];
  /** What was said about it; null where the consultation shows no comments. */
  readonly shown: ShownPortion | null;
  /** Where to comment on it; empty unless this is the newest version and the consultation is open. */
  readonly askTo: string;
  /** Where it stands in the draft. */
  readonly placeTo: string;
  readonly permanent: Link;
  readonly newestTo: string;
  /** The clauses before and after it. */
  readonly neighbours: readonly (Link & { readonly rel: 'prev' | 'next' })[];
  readonly kin: readonly Kin[];
}

/** 修改对照表 of a version against the one before. */
export interface ChangesPage {
  readonly crumbs: readonly Link[];
  readonly draftName: string;
  readonly oldVersion: number;
  readonly version: number;
  readonly note: string;
  readonly createdAt: Date;
  readonly versionTo: string;
  readonly sheetTo: string;
  readonly backTo: string;
  /** How many there are of each kind that there is. */
  readonly counts: readonly { readonly kind: LinkKind; readonly count: number }[];
  readonly rows: readonly ChangeRow[];
  readonly marks: Marks;
}

/** Every page about versions and single clauses. */
export interface VersionPages {
  'public/version': VersionPage;
  'public/clause': ClausePage;
  'public/changes': ChangesPage;
  'sheets/changes': ChangesPage;
}
