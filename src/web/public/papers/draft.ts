import type { PublishedConsultation } from '../../../db/consultations.ts';
import { latestDraft } from '../../../db/drafts.ts';
import { fill } from '../../../domain/fill.ts';
import type { OfficialDocument } from '../../../domain/official-document.ts';
import { officialDeadline } from '../../../domain/shanghai.ts';
import { withOrigin } from '../../origin-marks.ts';
import type { Site } from '../../site.ts';
import { blockViews } from '../blocks.ts';
import type { BlockView, Passage } from '../shapes.ts';
import { plain, sourceOf } from './paper.ts';

/** The newest version of a draft, clause by clause, with room for notes beside each. */
export async function draftPaper(
  site: Site,
  consultation: PublishedConsultation,
): Promise<OfficialDocument | undefined> {
  const draft = await latestDraft(site.db, consultation.id);
  if (!draft) return undefined;
  const { kind, lead, columns } = site.sentences.draftPaper;
  const { agencyName, draftName } = consultation.announcement;
  const deadline = officialDeadline(consultation.closesAt);
  const said = {
    ...plain,
    title: draftName,
    number: fill(kind, { version: draft.version }),
    paragraphs: [fill(lead, { agency: agencyName, deadline })],
    table: {
      ...({ caption: '', place: 'below', large: true, leastLines: 3 } as const),
      columns: [
        { name: columns.clause, share: 22, centred: false },
        { name: columns.text, share: 86, centred: false },
        { name: columns.notes, share: 48, centred: false },
      ],
      rows: rowsOf(blockViews(draft.clauses, '')),
    },
  };
  return withOrigin(sourceOf(site, consultation), said, { sealed: false, wide: false }, site.sentences);
}

// The title stands above, a table of contents is of no use on other pages.
const apart = new Set(['title', 'subtitle', 'contents']);

/** A row for each clause, with all that stands below it; a row over the whole width for each heading. */
export function rowsOf(blocks: readonly BlockView[]): string[][] {
  return blocks
    .filter(({ level }) => !apart.has(level))
    .map((block) => {
      if (block.view === 'draft-heading' && block.passages.length === 0 && block.children.length === 0)
        return [block.name];
      return [block.label, linesOf({ ...block, label: '' }).join('\n'), ''];
    });
}

function linesOf({ label, heading, opening, passages, children }: BlockView): string[] {
  const first = label + heading.trimStart() + opening;
  return [...(first ? [first] : []), ...passages.flatMap(passageLines), ...children.flatMap(linesOf)];
}

function passageLines({ text, table }: Passage): string[] {
  return table ? [table.head, ...table.rows].map((cells) => cells.join('｜')) : [text];
}
