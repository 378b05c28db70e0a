import { touchConsultation } from '../db/consultation-writes.ts';
import { pushEdit } from '../db/draft-work.ts';
import { lastDeed, writeLedger } from '../db/ledger.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import type { Issue } from '../domain/issue.ts';
import type { Actor, Officer } from '../domain/officer.ts';
import type { Block, BlockKind, Level } from '../domain/outline.ts';
import {
  applyEdit,
  type EditName,
  type OutlineEdit,
  placeAfter,
  type WorkBlock,
} from '../domain/outline-edit.ts';
import { type Held, holdWork, type Page } from './hold.ts';

type Input = Page & { readonly officer: Officer };

/**
 * Changes one thing in the draft that is being prepared. Gives where the block stands now, or what is wrong. Throws
 * RuleBroken `stale`, `alreadyPublished`, `notAllowed`.
 */
export async function editOutline(
  db: Db,
  input: Input & { readonly edit: OutlineEdit },
  now: Date,
): Promise<{ readonly at: number } | { readonly issue: Issue }> {
  const { officer, edit } = input;
  return transaction(db, async (trx) => {
    const held = await holdWork(trx, officer, 'prepare', input);
    const blocks = applyEdit(held.work.blocks, edit);
    if (!Array.isArray(blocks)) return { issue: blocks };
    await saveBlocks(trx, held, { officer, what: edit.kind, blocks }, now);
    return { at: placeAfter(held.work.blocks, edit) };
  });
}

/** One row of the clause tree as a form carries it; `at` counts blocks from 0. */
export interface EditedRow {
  readonly at: number;
  readonly kind: BlockKind;
  readonly level: Level | null;
  readonly label: string;
  readonly heading: string;
  readonly text: string;
}

/**
 * Changes many rows of the draft at once, as one edit; nothing is written when nothing differs. Gives how many
 * changed, or what is wrong with the first. Throws RuleBroken `stale`, `alreadyPublished`, `notAllowed`.
 */
export async function editRows(
  db: Db,
  input: Input & { readonly rows: readonly EditedRow[] },
  now: Date,
): Promise<{ readonly changed: number } | { readonly issue: Issue }> {
  const { officer, rows } = input;
  return transaction(db, async (trx) => {
    const held = await holdWork(trx, officer, 'prepare', input);
    const changed = rows.filter((row) => differs(held.work.blocks[row.at], row));
    let blocks: readonly WorkBlock[] = held.work.blocks;
    for (const { kind, ...row } of changed) {
      const after = applyEdit(blocks, { ...row, kind: 'set', blockKind: kind });
      if (!Array.isArray(after)) return { issue: after };
      blocks = after;
    }
    if (changed.length > 0) await saveBlocks(trx, held, { officer, what: 'table', blocks }, now);
    return { changed: changed.length };
  });
}

function differs(block: Block | undefined, row: EditedRow): boolean {
  if (!block) return true;
  const fields = ['kind', 'level', 'label', 'heading', 'text'] as const;
  return fields.some((field) => block[field] !== row[field]);
}

async function saveBlocks(
  trx: Trx,
  { consultation, work }: Held,
  edit: { readonly officer: Officer; readonly what: EditName; readonly blocks: readonly WorkBlock[] },
  now: Date,
): Promise<void> {
  const { officer, what, blocks } = edit;
  const by = { consultationId: consultation.id, officerId: officer.id };
  await pushEdit(trx, { ...by, what, blocks, used: work.used }, now);
  await touchConsultation(trx, consultation.id);
  await noteEditing(trx, { consultationId: consultation.id, officer }, now);
}

/** Notes in the ledger that an officer edits the draft, once for all edits in a row; each edit is kept by itself. */
export async function noteEditing(
  trx: Trx,
  by: { readonly consultationId: number; readonly officer: Actor },
  now: Date,
): Promise<void> {
  const last = await lastDeed(trx, by.consultationId);
  if (last?.what === 'outlineSaved' && last.officerId === by.officer.id) return;
  await writeLedger(trx, { what: 'outlineSaved', ...by }, now);
}
