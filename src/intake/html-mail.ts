import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { linesOfPage } from './html-page.ts';
import { walk } from './html-tree.ts';

/** The lines that a reader sees of a message in HTML: with what is struck out, and where its links lead. */
export function linesOfMail(html: string): string[] {
  const document = parse(html.replaceAll('\0', ''));
  walk(document, keepWords, addAddress);
  return [...linesOfPage(document, true).lines];
}

// Whoever strikes words out in a comment proposes to delete them; they are as much of it as the others.
function keepWords(node: Tree.ChildNode): boolean {
  if ('tagName' in node && node.tagName === 'del') node.tagName = 's';
  return true;
}

function addAddress(element: Tree.Element): void {
  if (element.tagName !== 'a') return;
  const address = element.attrs.find(({ name }) => name === 'href')?.value.trim() ?? '';
  if (!/^https?:/i.test(address) || textOf(element).includes(address)) return;
  const value = `（${address}）`;
  element.childNodes.push({ nodeName: '#text', value, parentNode: element });
}

function textOf(element: Tree.Element): string {
  return element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}
