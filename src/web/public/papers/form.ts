import type { PublishedConsultation } from '../../../db/consultations.ts';
import { latestDraft } from '../../../db/drafts.ts';
import { type Asked, commenterKinds, consents, stances } from '../../../domain/comment.ts';
import { fill } from '../../../domain/fill.ts';
import { gridWidth, type OfficialDocument, ruled } from '../../../domain/official-document.ts';
import { officialDeadline } from '../../../domain/shanghai.ts';
import type { Sentences } from '../../../sentences.ts';
import { withOrigin } from '../../origin-marks.ts';
import type { Site } from '../../site.ts';
import { blockViews } from '../blocks.ts';
import { plain, sourceOf } from './paper.ts';

const box = '□ ';
const linesForText = 8;
const linesForWording = 4;
/** How many comments there is room for. */
const blocks = ['一', '二'] as const;
const charactersInACell = 27;
/** More clauses than these are named by number alone. */
const mostTicked = 80;

/** The blank form for people who answer on paper: where to send it, who they are, clauses to tick, room to write. */
export async function formPaper(site: Site, consultation: PublishedConsultation): Promise<OfficialDocument> {
  const { sentences } = site;
  const words = sentences.formPaper;
  const source = sourceOf(site, consultation);
  const said = {
    ...plain,
    title: fill(words.title, { draftName: consultation.announcement.draftName }),
    table: {
      ...({ caption: '', place: 'below', large: true, leastLines: 1 } as const),
      columns: [
        { name: '', share: 5, centred: false },
        { name: '', share: 19, centred: false },
      ],
      rows: [
        ...sendingRows(consultation, source.address, sentences),
        ...commenterRows(consultation, sentences),
        ...(await clauseRows(site, consultation)),
        ...blocks.flatMap((nr) => commentRows(nr, sentences)),
        [words.more],
      ],
    },
  };
  return withOrigin(source, said, { sealed: false, wide: false }, sentences);
}

function sendingRows(
  { announcement, closesAt }: PublishedConsultation,
  page: string,
  { formPaper: words }: Sentences,
): string[][] {
  const { address, postcode, agencyName: agency, fax, mailbox, contactPerson, phone } = announcement;
  const ways = [
    ...(address
      ? [fill(words.letter, { address, agency, postcode: postcode && fill(words.postcode, { postcode }) })]
      : []),
    ...(fax ? [fill(words.fax, { fax })] : []),
    ...(mailbox ? [fill(words.mailbox, { mailbox })] : []),
    fill(words.online, { address: page }),
  ];
  const contact = [contactPerson, phone].filter((each) => each !== '').join('　');
  return [
    [words.sending],
    [words.deadline, fill(words.deadlineText, { deadline: officialDeadline(closesAt) })],
    [words.ways, ways.join('\n')],
    ...(contact ? [[words.contact, contact]] : []),
  ];
}

function commenterRows({ asks, announcement }: PublishedConsultation, sentences: Sentences): string[][] {
  const words = sentences.formPaper;
  const asked = (label: string, how: Asked) =>
    how === 'no' ? [] : [[fill(words.asked, { label, asked: sentences.asked[how] }), '']];
  const privacy = fill(words.privacyText, { agency: announcement.agencyName });
  return [
    [words.commenter],
    [words.kind, ticks(commenterKinds.map((kind) => sentences.commenterKinds[kind]))],
    ...asked(words.name, asks.name),
    ...asked(words.phone, asks.phone),
    ...asked(words.email, asks.email),
    [words.consent, consents.map((consent) => box + sentences.consents[consent]).join('\n')],
    [words.privacy, privacy],
  ];
}

// Clauses that take comments, by their labels, unless they are too many or have none.
async function clauseRows({ db, sentences }: Site, { id }: PublishedConsultation): Promise<string[][]> {
  const draft = await latestDraft(db, id);
  const views = blockViews(draft?.clauses ?? [], 'asked');
  const labels = views.filter(({ askTo, label }) => askTo !== '' && label !== '').map(({ label }) => label);
  const { comments: heading, clauses, wholeDraft } = sentences.formPaper;
  if (labels.length === 0 || labels.length > mostTicked) return [];
  return [[heading], [clauses, ticks([wholeDraft, ...labels])]];
}

function commentRows(nr: string, { formPaper: words, stances: named }: Sentences): string[][] {
  const rules = (count: number) => Array.from({ length: count }, () => ruled).join('\n');
  return [
    [fill(words.comment, { nr })],
    [words.clause, words.clauseText],
    [words.stance, ticks(stances.map((stance) => named[stance]))],
    [words.text, rules(linesForText)],
    [words.wording, rules(linesForWording)],
  ];
}

// Broken here and not where the paper ends, so that no box is parted from its words.
function ticks(labels: readonly string[]): string {
  const lines: string[] = [];
  for (const label of labels) {
    const last = lines.at(-1);
    const longer = `${last}　${box}${label}`;
    if (last !== undefined && gridWidth(longer) <= charactersInACell) lines[lines.length - 1] = longer;
    else lines.push(box + label);
  }
  return lines.join('\n');
}
