import t from 'tap';
import { groupedPages, publishedPages } from '../../bench/desk-grouped.ts';
import { notMeasured, pagesOf } from '../../bench/desk-pages.ts';
import { testSite } from '../support.ts';
import { routes } from './access/routes.ts';

const ground = { consultationId: 1, clauseId: 1, commentId: 1, farId: 1 };
const beside = { farLetter: 1, farTrace: 1, letterId: 1, searchId: 1 };
const addresses = Object.values({
  ...pagesOf({ ...ground, ...beside }),
  ...groupedPages(1, { groupId: 1, members: 1, memberId: 1 }),
  ...publishedPages(1, '2026-0001'),
});

t.test('every page of the desk is measured with 100,000 comments, or it is said why not', async (t) => {
  await (await testSite(t)).another();
  const pages = [...routes].filter((route) => /^GET \/desk\b/.test(route));
  const measured = new Set(addresses.map((address) => routeOf(address, pages)));
  for (const page of pages)
    t.not(
      measured.has(page),
      page in notMeasured,
      `bench/desk-pages.ts measures ${page}, or says why not, and not both`,
    );
  for (const page of Object.keys(notMeasured)) t.ok(pages.includes(page), `there is a route ${page}`);
});

// As the router: what is written out comes before a parameter.
function routeOf(address: string, pages: readonly string[]): string | undefined {
  const [path = ''] = address.split('?');
  const parameters = (page: string) => page.split(':').length;
  return pages
    .filter((page) => new RegExp(`^GET ${page.slice(4).replace(/:\w+/g, '[^/]+')}$`).test(`GET ${path}`))
    .sort((one, other) => parameters(one) - parameters(other))[0];
}
