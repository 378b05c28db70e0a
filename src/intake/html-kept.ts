import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, styleOf } from './html-tree.ts';

const never = setOf(
  'head script style template noscript iframe object embed svg canvas audio video select button textarea datalist',
  'xml rt rp',
);
const beside = setOf('nav aside header footer');
const besideRoles = setOf('navigation banner contentinfo complementary search menu menubar');
const blocks = setOf(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure',
  'footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary',
  'table tbody td tfoot th thead tr ul',
);
const parts = setOf('article main section');

/** Elements that hold a part of the page of its own: a header inside is the text's, not the site's. */
export function isPart(element: Tree.Element): boolean {
  return parts.has(element.tagName);
}

/** True for what no reader sees: programs, styles, hidden elements, what a tracked change deleted. */
export function isUnseen(element: Tree.Element): boolean {
  if (never.has(element.tagName) || attributeOf(element, 'hidden') !== null) return true;
  if (element.attrs.length === 0) return false;
  return (
    styleOf(element, 'display') === 'none' ||
    ['hidden', 'collapse'].includes(styleOf(element, 'visibility')) ||
    styleOf(element, 'mso-hide') === 'all' ||
    ['header', 'footer', 'comment-list'].includes(styleOf(element, 'mso-element'))
  );
}

/** True for what stands beside the text on every page of a site. */
export function isBeside(element: Tree.Element): boolean {
  return beside.has(element.tagName) || besideRoles.has(attributeOf(element, 'role') ?? '');
}

/** True for a number that a program set before its paragraph in a column of its own. */
export function isSetBefore(element: Tree.Element): boolean {
  return element.tagName === 'span' && styleOf(element, 'float') !== '';
}

/** True when the element begins and ends a line. */
export function isBlock(element: Tree.Element): boolean {
  if (isSetBefore(element)) return false;
  const display = styleOf(element, 'display');
  if (display === '') return blocks.has(element.tagName);
  return !display.startsWith('inline') && display !== 'contents';
}

/** True when line ends in the element's text are line ends to see. */
export function keepsLines(element: Tree.Element): boolean {
  const space = styleOf(element, 'white-space');
  return space === '' ? element.tagName === 'pre' : space.startsWith('pre');
}

function setOf(...names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((each) => each.split(' ')));
}
