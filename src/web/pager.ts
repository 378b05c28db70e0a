/** One page in a list of pages; without `to` it is the current one, or stands for pages left out. */
export interface PageOf {
  readonly text: string;
  readonly to?: string;
  readonly current?: boolean;
}

const around = 2;

/** Links to the first, the last and the nearest pages of `base`; none where there is only one page. */
export function pagesOf(base: string, current: number, last: number): PageOf[] {
  if (last <= 1) return [];
  const shown = Array.from({ length: last }, (_, each) => each + 1).filter(
    (page) => page === 1 || page === last || Math.abs(page - current) <= around,
  );
  return shown.flatMap((page, each) => {
    const gap = page - (shown[each - 1] ?? page - 1) > 1 ? [{ text: '…' }] : [];
    const text = String(page);
    const to = `${base}${base.includes('?') ? '&' : '?'}page=${page}`;
    return [...gap, page === current ? { text, current: true } : { text, to }];
  });
}

/** The page that was asked for, within those there are. */
export function pageWithin(asked: string, last: number): number {
  return Math.min(Math.max(1, Math.trunc(Number(asked)) || 1), last);
}
