/** A target that is too low. */
export interface Small {
  readonly what: string;
  readonly height: number;
}

/**
 * Runs in the page: links, buttons and controls lower than `least` CSS pixels. Links within running text do not
 * count, and a checkbox or radio is as high as its label.
 */
export function smallTargets(least: number): Small[] {
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  const found: Small[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(wanted)) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.classList.contains('skip'))
      continue;
    if (element.tagName === 'A' && getComputedStyle(element).display === 'inline') {
      const block = element.closest('p, li, dd, td, th, h1, h2, h3, h4, label, blockquote, div');
      if ((block?.textContent ?? '').trim() !== (element.textContent ?? '').trim()) continue;
    }
    const labels = [...((element as HTMLInputElement).labels ?? [])];
    const isPick = ['radio', 'checkbox'].includes((element as HTMLInputElement).type);
    const boxes = [element, ...(isPick ? labels : [])].map((each) => each.getBoundingClientRect().height);
    const height = Math.round(Math.max(...boxes) * 10) / 10;
    if (height >= least) continue;
    const place = element.closest('[class]')?.className ?? '';
    found.push({
      what: `${element.tagName} .${place} ${(element.textContent ?? '').trim().slice(0, 20)}`,
      height,
    });
  }
  return found.slice(0, 12);
}
