import type { FastifyReply } from 'fastify';
import { sendLettersAgain } from '../../../actions/send-letters-again.ts';
import { isPublished } from '../../../db/consultations.ts';
import { type ListedLetter, listLetters } from '../../../db/desk-letters.ts';
import {
  type LetterCounts,
  type LetterState,
  letterCounts,
  letterStates,
} from '../../../db/letter-tallies.ts';
import { maskAddress } from '../../../domain/comment.ts';
import { may } from '../../../domain/officer.ts';
import { type FormBody, raw } from '../../forms.ts';
import type { Matter, PageLink, Tag } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, queryOf, sendDesk } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';

export interface LettersPage {
  readonly matter: Matter;
  readonly counts: LetterCounts;
  readonly filters: readonly PageLink[];
  readonly letters: readonly ShownLetter[];
  /** Further letters; empty when these are the last. */
  readonly nextTo: string;
  /** True where letters are only written to files. */
  readonly isTrial: boolean;
  readonly maySend: boolean;
  readonly stale: boolean;
}

interface ShownLetter extends ListedLetter {
  readonly tag: Tag;
  /** Where its text can be read; empty where letters are really sent. */
  readonly readTo: string;
}

const perPage = 50;

/** The letters of a consultation: which wait, which were sent, which were set aside and why. */
export async function showLetters(visit: ConsultationVisit): Promise<FastifyReply> {
  return isPublished(visit.consultation)
    ? sendLetters(visit, false)
    : goTo(visit, baseOf(visit.consultation));
}

/** Lets one letter that was set aside, or all of them, be sent once more. */
export async function takeLettersAgain(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const asked = raw((request.body ?? {}) as FormBody, 'letter');
  const deed = {
    officer,
    consultationId: consultation.id,
    letterId: asked === 'all' ? null : Number(asked) || 0,
  };
  if (await wentStale(sendLettersAgain(site.db, deed, now))) return sendLetters(visit, true);
  return goTo(visit, `${addressOf(visit)}?done=lettersSentAgain`);
}

async function sendLetters(visit: ConsultationVisit, stale: boolean): Promise<FastifyReply> {
  const { site, consultation, officer } = visit;
  const state = stateIn(queryOf(visit.request, 'show'));
  const before = idIn(queryOf(visit.request, 'before')) ?? Number.MAX_SAFE_INTEGER;
  const found = await listLetters(site.db, consultation.id, { state, before, limit: perPage + 1 });
  const [letters, last] = [found.slice(0, perPage), found[perPage - 1]];
  const page = {
    title: site.sentences.desk.pages.letters,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'letters'),
    counts: await letterCounts(site.db, consultation.id),
    filters: filtersOf(visit, state),
    letters: letters.map((letter) => shown(visit, letter)),
    nextTo: found.length > perPage && last ? addressOf(visit, { state, before: last.id }) : '',
    isTrial: !site.config.smtpUrl,
    maySend: may(officer, 'sendLetters'),
    stale,
  };
  return sendDesk(visit, 'desk/letters', page, stale ? 409 : 200);
}

function shown(visit: ConsultationVisit, letter: ListedLetter): ShownLetter {
  const readTo = visit.site.config.smtpUrl ? '' : `${addressOf(visit)}/${letter.id}`;
  const tag = { kind: tagKinds[letter.state], text: nameOf(visit, letter.state) };
  return { ...letter, email: maskAddress(letter.email), readTo, tag };
}

function filtersOf(visit: ConsultationVisit, current: LetterState | null): PageLink[] {
  return [null, ...letterStates].map((state) => ({
    to: addressOf(visit, { state }),
    text: state ? nameOf(visit, state) : visit.site.sentences.desk.allLetters,
    current: state === current,
  }));
}

const tagKinds: Readonly<Record<LetterState, string>> = { waiting: 'amber', sent: 'green', failed: 'red' };

function nameOf({ site }: ConsultationVisit, state: LetterState): string {
  const names = site.sentences.desk.letterStates;
  return state === 'sent' && !site.config.smtpUrl ? names.filed : names[state];
}

interface Asked {
  readonly state: LetterState | null;
  readonly before?: number;
}

/** The address of the letters, or of a page of them. */
export function addressOf({ consultation }: ConsultationVisit, asked?: Asked): string {
  const query = new URLSearchParams();
  if (asked?.state) query.set('show', asked.state);
  if (asked?.before) query.set('before', String(asked.before));
  return `${baseOf(consultation)}/letters${query.size > 0 ? `?${query}` : ''}`;
}

function stateIn(text: string): LetterState | null {
  return letterStates.find((state) => state === text) ?? null;
}

function idIn(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
