// A box is a box to whoever hears the page, however what is in it is arranged.
const kinds = { grid: 'block', flex: 'block' };

/**
 * Runs in the page: which elements are shown and as what, wherever they stand and whatever they look like. Where two
 * widths have the same answer, only rules about places, sizes and colours can find other things at one of them.
 */
export function shown() {
  return ofEach((element) => {
    const { display, clipPath } = getComputedStyle(element);
    const { right, width, height } = element.getBoundingClientRect();
    const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isLarge = width > 1 && height > 1;
    // What is to the right of the window can be scrolled to: axe judges it as it judges the rest.
    const isReachable = right > 0;
    return [kinds[display] ?? display, clipPath, isSeen, isLarge, isReachable];
  });
}

/** Runs in the page: what decides about contrast, but for the size of type. */
export function coloured() {
  return ofEach((element) => {
    const { color, backgroundColor, backgroundImage, opacity, textShadow, textDecorationLine, position } =
      getComputedStyle(element);
    return [color, backgroundColor, backgroundImage, opacity, textShadow, textDecorationLine, position];
  });
}

/** Runs in the page: a 1 for each element whose text is large, as WCAG has it, and a 0 for each other. */
export function large() {
  return [...document.querySelectorAll('*')]
    .map((element) => {
      const { fontSize, fontWeight } = getComputedStyle(element);
      return Number.parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 14 : 18) * (96 / 72) ? '1' : '0';
    })
    .join('');
}

function ofEach(tell) {
  return [...document.querySelectorAll('*')].map((element) => tell(element).join()).join(' ');
}
