import type { DefaultTreeAdapterTypes as Tree } from 'parse5';

/**
 * Visits every node under `root` in document order; `enter` says whether to go inside, and then `leave` follows.
 * Needs no more of the call stack for a deep tree than for a flat one.
 */
export function walk(
  root: Tree.ParentNode,
  enter: (node: Tree.ChildNode) => boolean,
  leave: (node: Tree.Element) => void,
): void {
  const open: { node: Tree.ParentNode; next: number }[] = [{ node: root, next: 0 }];
  for (let frame = open.at(-1); frame; frame = open.at(-1)) {
    const child = frame.node.childNodes[frame.next];
    frame.next += 1;
    if (child === undefined) {
      open.pop();
      if ('tagName' in frame.node) leave(frame.node);
    } else if (enter(child) && 'childNodes' in child) open.push({ node: child, next: 0 });
  }
}

/** The value of an attribute in lower case without space at its ends, null when it is not there. */
export function attributeOf(element: Tree.Element, name: string): string | null {
  return (
    element.attrs
      .find((each) => each.name === name)
      ?.value.trim()
      .toLowerCase() ?? null
  );
}

/** The value of a property in the element's own style, '' when it is not there. */
export function styleOf(element: Tree.Element, property: string): string {
  const style = attributeOf(element, 'style');
  if (style === null || !style.includes(property)) return '';
  const found = style.split(';').find((each) => each.split(':', 1)[0]?.trim() === property);
  return found === undefined ? '' : found.slice(found.indexOf(':') + 1).trim();
}

/** The whole number an attribute begins with; null when there is none. */
export function numberIn(element: Tree.Element, name: string): number | null {
  const found = /^[+-]?\d{1,9}/.exec(attributeOf(element, name) ?? '');
  return found ? Number(found[0]) : null;
}
