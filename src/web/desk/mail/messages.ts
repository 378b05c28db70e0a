import {
  type AsideCounts,
  type AsidePlace,
  countAside,
  type ListedAside,
  listAside,
} from '../../../db/desk-mail.ts';
import { canBeTaken } from '../../../domain/mail.ts';
import { may } from '../../../domain/officer.ts';
import { sizeText } from '../../attachments/links.ts';
import { type PageOf, pagesOf, pageWithin } from '../../pager.ts';
import type { PageLink } from '../contexts.ts';
import { queryOf } from '../page.ts';
import type { Visit } from '../visit.ts';

/** A message that was set aside, with what an officer can do about it. */
export interface ShownMessage extends Omit<ListedAside, 'size' | 'reason' | 'hasBytes'> {
  readonly reason: string;
  readonly size: string;
  /** Where its bytes can be saved; empty where they are forgotten. */
  readonly originalTo: string;
  readonly mayTake: boolean;
  readonly mayLeave: boolean;
  readonly mayDecide: boolean;
  /** True where it holds nothing that could be taken: an officer enters it by hand. */
  readonly byHand: boolean;
}

/** A part of the messages that were set aside at one place. */
export interface AsideList {
  readonly counts: AsideCounts;
  readonly filters: readonly PageLink[];
  readonly messages: readonly ShownMessage[];
  readonly pages: readonly PageOf[];
}

const perPage = 20;

/** The messages set aside at a place, those that wait or (`?show=left`) those that were left. */
export async function asideList(visit: Visit, place: AsidePlace, base: string): Promise<AsideList> {
  const { site, request } = visit;
  const counts = await countAside(site.db, place);
  const show = queryOf(request, 'show') === 'left' ? 'left' : 'waiting';
  const last = Math.max(1, Math.ceil(counts[show] / perPage));
  const page = pageWithin(queryOf(request, 'page'), last);
  const part = { limit: perPage, offset: (page - 1) * perPage };
  const messages = await listAside(site.db, place, show, part);
  const names = site.sentences.desk.asideLists;
  const addresses = { waiting: base, left: `${base}?show=left` };
  return {
    counts,
    filters: (['waiting', 'left'] as const).map((each) => ({
      to: `${addresses[each]}#aside`,
      text: `${names[each]}（${counts[each]}）`,
      current: each === show,
    })),
    messages: messages.map((message) => shown(visit, message)),
    pages: pagesOf(addresses[show], page, last),
  };
}

function shown({ site, officer }: Visit, { size, reason, hasBytes, ...message }: ListedAside): ShownMessage {
  const mayTake = may(officer, 'enter') && hasBytes && canBeTaken(reason);
  const mayLeave = may(officer, 'enter') && message.decidedAt === null;
  return {
    ...message,
    reason: site.sentences.desk.setAside[reason],
    size: sizeText(size),
    originalTo: hasBytes ? `/desk/mail/${message.id}/original` : '',
    ...{ mayTake, mayLeave, mayDecide: mayTake || mayLeave },
    byHand: !canBeTaken(reason),
  };
}
