import type { Generated, JSONColumnType } from 'kysely';
import type { ImportKind, ImportState, IntakeNote, IntakeRefusal, UsedImport } from '../domain/import.ts';
import type { BlockKind, Level } from '../domain/outline.ts';
import type { EditName, WorkBlock } from '../domain/outline-edit.ts';
import type { ParseSettings } from '../domain/parse/settings.ts';
import type { LinkTarget } from '../domain/versions/chosen.ts';
import type { LinkKind } from '../domain/versions/clause.ts';

type Id = Generated<number>;
type Json<T> = JSONColumnType<T & object, string, string>;

/** The tables of working drafts, published drafts and what links their versions; as in tables.ts. */
export interface DraftTables {
  draft_imports: {
    id: Id;
    consultation_id: number;
    officer_id: number;
    draft_id: number | null;
    replaces: number | null;
    name: string;
    kind: ImportKind;
    bytes: Buffer | null;
    settings: Json<ParseSettings>;
    state: Exclude<ImportState, 'discarded'>;
    refusal: IntakeRefusal | null;
    percent: Generated<number>;
    attempts: Generated<number>;
    text: string;
    notes: Json<readonly IntakeNote[]>;
    leased_until: Date | null;
    created_at: Date;
    read_at: Date | null;
    discarded_at: Date | null;
  };
  draft_edits: {
    id: Id;
    consultation_id: number;
    previous_id: number | null;
    what: EditName;
    outline: Json<readonly WorkBlock[]>;
    imports: Json<readonly UsedImport[]>;
    officer_id: number;
    created_at: Date;
  };
  draft_work: { consultation_id: number; edit_id: number; updated_at: Date };
  drafts: {
    id: Id;
    consultation_id: number;
    version: number;
    title: string;
    source: string;
    note: Generated<string>;
    created_at: Date;
  };
  clauses: {
    id: Id;
    draft_id: number;
    position: number;
    parent_position: number | null;
    address: string;
    kind: BlockKind;
    level: Level | null;
    label: string;
    heading: string;
    citation: string;
    text: string;
    rows: JSONColumnType<string[][] | null, string | null, string | null>;
  };
  clause_links: {
    id: Id;
    draft_id: number;
    position: number;
    kind: LinkKind;
    from_clause_id: number | null;
    to_clause_id: number | null;
    by_officer: number | null;
    similarity: number;
  };
  link_choices: {
    id: Id;
    consultation_id: number;
    draft_id: number;
    from_clause_id: number;
    targets: Json<readonly LinkTarget[]>;
    officer_id: number;
    created_at: Date;
  };
  comment_placements: {
    id: Id;
    comment_id: number;
    draft_id: number;
    clause_id: number | null;
    undone: boolean;
    officer_id: number;
    created_at: Date;
  };
}
