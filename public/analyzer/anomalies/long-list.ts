/** A long list of which a person sees the first ones, until they ask for all. */
import { element } from "../../lib/dom.ts";

export interface LongList {
  readonly element: HTMLElement;
  /** Shows the items that are still hidden. */
  showAll: () => void;
}

/**
 * @param shown how many at first
 * @param what they are, in the plural
 * @param onAll a person asked for all of them
 */
export function longList(
  items: readonly HTMLElement[],
  shown: number,
  what: string,
  onAll: () => void,
): LongList {
  const list = element("div", { class: "long-list" }, ...items.slice(0, shown));
  if (items.length <= shown) return { element: list, showAll: () => undefined };
  const more = element("button", { type: "button", class: "more" }, `Show all ${items.length} ${what}`);
  const showAll = (): void => {
    more.remove();
    list.append(...items.slice(shown));
    onAll();
  };
  more.addEventListener("click", () => {
    showAll();
    items[shown]?.querySelector("button")?.focus();
  });
  list.append(more);
  return { element: list, showAll };
}
