/** Elements by hand. Text is always text: nothing that comes out of a packet, or that somebody said, can become markup here. */
type Child = Node | string | undefined;

/** An element with attributes and children; children that are undefined are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The same for SVG, whose children are shapes. */
export function shape(
  tag: string,
  attributes: Record<string, string | number>,
  ...children: SVGElement[]
): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** Gives an element these children, and touches nothing where it has them: what has the focus, or is open, stays so. */
export function showChildren(parent: Element, shown: readonly Element[]): void {
  const { children, childElementCount } = parent;
  const isSame = shown.length === childElementCount && shown.every((child, at) => children[at] === child);
  if (!isSame) parent.replaceChildren(...shown);
}

/** The element with this id, which the page has. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}
