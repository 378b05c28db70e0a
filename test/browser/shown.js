/**
 * Runs in the page: which elements are shown and as what, wherever they stand and whatever they look like. Where two
 * widths have the same answer, only rules about places, sizes and colours can find other things at one of them.
 */
export function shown() {
  const texts = [...document.querySelectorAll('*')].map((element) => {
    const { display, clipPath } = getComputedStyle(element);
    const { left, right, width, height } = element.getBoundingClientRect();
    const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isLarge = width > 1 && height > 1;
    const isInside = right > 0 && left < innerWidth;
    return [display, clipPath, isSeen, isLarge, isInside].join();
  });
  return texts.join(' ');
}
