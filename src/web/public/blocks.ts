import type { Clause } from '../../db/drafts.ts';
import { passagesOf, tableOf } from './passages.ts';
import type { BlockView, Link } from './shapes.ts';

const structure = new Set(['part', 'subpart', 'chapter', 'section', 'subsection', 'division']);
const asked = new Set(['article', 'h1', 'h2', 'h3', 'annex']);
const outlined = new Set([...structure, 'h1', 'annex']);
const items = new Set(['paragraph', 'subparagraph', 'item']);
const lines = new Set(['subtitle', 'documentNumber', 'contents', 'signature', 'date']);

/**
 * A draft's blocks in the order of reading, without page furniture; what stands below a clause that takes comments
 * is inside it. With `commentTo` (an address ending in `clause=`) each such clause links there; with `clausesTo` (one
 * ending in `/`) each that is not inside another links to its own page.
 */
export function blockViews(clauses: readonly Clause[], commentTo: string, clausesTo = ''): BlockView[] {
  const takesComments = askable(clauses);
  const views: (BlockView & { readonly children: BlockView[] })[] = [];
  let within = new Set<number>();
  clauses.forEach((clause, index) => {
    if (clause.kind === 'furniture') return;
    const asks = takesComments(clause);
    const view = {
      ...blockView(clause, clauses, { commentTo: asks ? commentTo : '', clausesTo }),
      children: [],
    };
    const inside = !asks && clause.parent !== null && within.has(clause.parent);
    if (inside) views.at(-1)?.children.push(view);
    else views.push(view);
    within = inside || asks ? new Set(inside ? [...within, index] : [index]) : new Set();
  });
  return views;
}

interface Leads {
  readonly commentTo: string;
  readonly clausesTo: string;
}

function blockView(clause: Clause, clauses: readonly Clause[], { commentTo, clausesTo }: Leads): BlockView {
  const view = viewOf(clause);
  const caption = captionOf(clause, clauses);
  const passages = clause.rows ? [tableOf(clause.rows, caption)] : passagesOf(clause.text, caption);
  const runsIn = (view === 'draft-clause' || view === 'draft-item') && !passages[0]?.table;
  return {
    view,
    id: clause.address,
    level: levelOf(clause),
    label: clause.label,
    heading: headingOf(clause),
    opening: runsIn ? (passages[0]?.text ?? '') : '',
    passages: runsIn ? passages.slice(1) : passages,
    askTo: commentTo && commentTo + encodeURIComponent(clause.address),
    pageTo: clausesTo && isLinked(clause) ? clausesTo + encodeURIComponent(clause.address) : '',
    name: nameOf(clause),
    children: [],
  };
}

// A label links to the clause's page where words stand beside it.
function isLinked({ label, heading, text }: Clause): boolean {
  return label !== '' && heading + text !== '';
}

/** Links to the larger divisions of a draft; to its articles and annexes where annexes are its only divisions. */
export function contentsOf(blocks: readonly BlockView[]): Link[] {
  const divided = blocks.some((block) => outlined.has(block.level) && block.level !== 'annex');
  const shown = blocks.filter(({ level }) => outlined.has(level) || (!divided && level === 'article'));
  return shown.map((block) => ({ to: `#${block.id}`, text: divided ? block.name : nameAndOpening(block) }));
}

/** `第三条　养犬管理实行…`: what a clause without a heading is about is said by its first words. */
function nameAndOpening({ name, heading, opening }: BlockView): string {
  if (heading !== '' || opening === '') return name;
  const words = [...(opening.split(/[，。；：、]/, 1)[0] ?? '')];
  return `${name}　${words.slice(0, mostWords).join('')}${words.length > mostWords ? '…' : ''}`;
}

const mostWords = 12;

/** What a reader calls a clause: its label and heading, or its first words. */
export function nameOf(clause: Pick<Clause, 'kind' | 'label' | 'heading' | 'text' | 'level'>): string {
  const { kind, label, heading, text, level } = clause;
  if (label + heading === '') return [...text].slice(0, 15).join('');
  if (heading === '') return label;
  if (level === 'article') return `${label}【${heading}】`;
  return label + (isSetApart(kind, level) ? '　' : '') + heading;
}

// 第一章　总则, 附件　标准表: a space stands between label and heading.
function isSetApart(kind: Clause['kind'], level: Clause['level']): boolean {
  return kind === 'annex' || structure.has(level ?? '');
}

/** The clause itself and all that stands below it, in order. */
export function withDescendants(clauses: readonly Clause[], clause: Clause): Clause[] {
  const inside = new Set([clauses.indexOf(clause)]);
  clauses.forEach((each, index) => {
    if (each.parent !== null && inside.has(each.parent)) inside.add(index);
  });
  return clauses.filter((_, index) => inside.has(index));
}

function viewOf(clause: Clause): BlockView['view'] {
  if (clause.rows) return 'draft-paragraph';
  if (clause.kind === 'title') return 'draft-title';
  if (lines.has(clause.kind)) return 'draft-line';
  if (clause.kind === 'annex') return 'draft-heading';
  if (clause.kind !== 'clause') return 'draft-paragraph';
  if (items.has(levelOf(clause))) return 'draft-item';
  return clause.text === '' && clause.heading !== '' ? 'draft-heading' : 'draft-clause';
}

function levelOf(clause: Clause): string {
  return clause.level ?? clause.kind;
}

function headingOf(clause: Clause): string {
  if (clause.heading === '') return '';
  if (isSetApart(clause.kind, clause.level)) return `　${clause.heading}`;
  if (clause.level === 'article') return `【${clause.heading}】`;
  return clause.text === '' ? clause.heading : `${clause.heading}。`;
}

/** A draft without numbered clauses takes comments on its paragraphs. */
function askable(clauses: readonly Clause[]): (clause: Clause) => boolean {
  const numbered = clauses.some((clause) => asked.has(levelOf(clause)));
  return (clause) => (numbered ? asked.has(levelOf(clause)) : clause.kind === 'paragraph');
}

function captionOf(clause: Clause, clauses: readonly Clause[]): string {
  const above = clause.parent === null ? undefined : clauses[clause.parent];
  const named = [clause, above].find((each) => each && each.label + each.heading !== '');
  return named ? nameOf(named) : '表';
}
