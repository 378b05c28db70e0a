import type { FastifyInstance } from 'fastify';
import { type PublishedConsultation, searchConsultations } from '../../db/consultations.ts';
import { publishingAgencies } from '../../db/search.ts';
import { type Phase, phaseOf } from '../../domain/consultation.ts';
import { cleanLine } from '../../domain/text.ts';
import { keyIn, readingFrame } from '../frame.ts';
import { renderPage, sendPage } from '../pages.ts';
import type { Site } from '../site.ts';
import type { HomePage } from './contexts.ts';
import { createFindByWords, type FindByWords } from './search.ts';
import type { Listed } from './shapes.ts';
import { daysShown, earliest, nextChange } from './timing.ts';

const mostListed = 500;

interface Search {
  readonly words: string;
  readonly agency: string;
}

interface Query {
  readonly q?: string | string[];
  readonly agency?: string | string[];
}

/** The home page: every published consultation by phase, searched by words and agency. */
export function registerHome(app: FastifyInstance, site: Site): void {
  const findByWords = createFindByWords(site.db);
  app.get<{ Querystring: Query }>('/', async (request, reply) => {
    const search = { words: asked(request.query.q), agency: asked(request.query.agency) };
    const frame = readingFrame(request, site);
    // What is searched for is without end: only the whole list is worth keeping.
    if (search.words || search.agency) {
      const { page } = await makePage(site, findByWords, search);
      return sendPage(request, reply, 'public/home', page, frame);
    }
    await site.cache.send(request, reply, keyIn(frame, '/'), async () => {
      const { page, validUntil } = await makePage(site, findByWords, search);
      return { html: await renderPage(app, 'public/home', page, frame), validUntil };
    });
    return reply;
  });
}

async function makePage(site: Site, findByWords: FindByWords, search: Search) {
  const now = site.clock();
  const ids = search.words === '' ? null : await findByWords(search.words);
  const found = await searchConsultations(site.db, { ids, agency: search.agency, limit: mostListed });
  const page = homePage(found, search, await publishingAgencies(site.db), now);
  return { page, validUntil: earliest(found.map((consultation) => nextChange(consultation, now))) };
}

function asked(value: string | string[] | undefined): string {
  return cleanLine(typeof value === 'string' ? value : (value?.[0] ?? '')).slice(0, 100);
}

/** The home page for these consultations, found by this search, as it stands at an instant. */
export function homePage(
  found: readonly PublishedConsultation[],
  search: Search,
  agencies: readonly string[],
  now: Date,
): HomePage & { readonly title: string } {
  const of = (phase: Phase) =>
    found.filter((each) => phaseOf(each, now) === phase).map((each) => listed(each, now));
  const searching = search.words !== '' || search.agency !== '';
  return {
    title: searching ? '查找征求意见' : '公开征求意见',
    isHome: true,
    search,
    agencies,
    searching,
    nothingFound: found.length === 0,
    open: of('open').reverse(),
    upcoming: of('upcoming').reverse(),
    closed: of('closed'),
    answered: of('answered'),
    withdrawn: of('withdrawn'),
  };
}

function listed(consultation: PublishedConsultation, now: Date): Listed {
  const { opensAt, closesAt, answeredAt, withdrawnAt, announcement } = consultation;
  const days = daysShown(consultation, now);
  return {
    to: `/consultations/${consultation.number}`,
    title: announcement.title,
    agencyName: announcement.agencyName,
    opensAt,
    closesAt,
    answeredAt,
    withdrawnAt,
    days,
    soon: days <= 3,
  };
}
