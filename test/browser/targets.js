/**
 * Runs in the page: links, buttons and controls lower than `least` CSS pixels. Links within running text do not
 * count, nor the button that only Enter presses, and a checkbox or radio is as high as its label.
 */
export function smallTargets(least) {
  const found = [];
  for (const element of document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary',
  )) {
    if (
      !element.checkVisibility({ visibilityProperty: true }) ||
      element.matches('.skip, .default') ||
      isInText(element)
    )
      continue;
    const labels = ['radio', 'checkbox'].includes(element.type) ? [...element.labels] : [];
    const heights = [element, ...labels].map((each) => each.getBoundingClientRect().height);
    const height = Math.round(Math.max(...heights) * 10) / 10;
    const place = element.closest('[class]')?.className ?? '';
    if (height < least)
      found.push(`${height} px: ${element.tagName} in .${place}: ${element.textContent.trim().slice(0, 20)}`);
  }
  return found;

  function isInText(element) {
    if (element.tagName !== 'A' || getComputedStyle(element).display !== 'inline') return false;
    const block = element.closest('p, li, dd, td, th, h1, h2, h3, h4, label, blockquote, div');
    return block.textContent.trim() !== element.textContent.trim();
  }
}
