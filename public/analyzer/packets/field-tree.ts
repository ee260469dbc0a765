/**
 * The layers of a packet and their fields as a tree, by the rules of ARIA: one stop of the Tab key, up and down
 * between lines, right opens and goes in, left closes and goes out.
 */
import { element } from "../../lib/dom.ts";
import type { TreeNode } from "./field-lookup.ts";
import type { OpenLayers } from "./open-layers.ts";

export interface TreeActions {
  /** The pointer or the focus is on a line, undefined for none. */
  onPoint: (node: TreeNode | undefined) => void;
  /** A line was chosen: by a click, or as the focus came to it. */
  onChoose: (node: TreeNode) => void;
}

interface Line {
  node: TreeNode;
  item: HTMLElement;
  above: Line | undefined;
}

export class FieldTree {
  readonly view = element("div", { class: "field-tree", role: "tree", "aria-label": "Layers and fields" });
  private readonly open: OpenLayers;
  private readonly actions: TreeActions;
  private readonly lines = new Map<HTMLElement, Line>();
  private readonly byNode = new Map<TreeNode, Line>();

  constructor(nodes: readonly TreeNode[], open: OpenLayers, actions: TreeActions) {
    this.open = open;
    this.actions = actions;
    for (const [i, node] of nodes.entries())
      this.view.append(...this.lineOf(node, undefined, open.isOpen(node.name, i, nodes.length)));
    this.view.firstElementChild?.setAttribute("tabindex", "0");
    this.listen();
  }

  /** Shows that the pointer is on a node's bytes, undefined for none. */
  point(node: TreeNode | undefined): void {
    for (const pointed of this.view.querySelectorAll(".pointed")) pointed.classList.remove("pointed");
    if (node !== undefined) this.seenLine(node)?.item.classList.add("pointed");
  }

  /** Chooses a node, opens what it is in, and brings it into sight. */
  reveal(node: TreeNode): void {
    const line = this.byNode.get(node);
    if (line === undefined) return;
    for (let above = line.above; above !== undefined; above = above.above) this.setOpen(above, true);
    this.select(line);
    line.item.scrollIntoView({ block: "nearest" });
  }

  /** A line, and after it the group of those in it: not within it, where their texts would be its name. */
  private lineOf(node: TreeNode, above: Line | undefined, isOpen: boolean): HTMLElement[] {
    const hasMore = node.children.length > 0;
    const item = element(
      "div",
      {
        class: "tree-line",
        role: "treeitem",
        tabindex: "-1",
        "aria-selected": "false",
        "aria-level": String(node.path.length),
      },
      element("span", { class: hasMore ? "twist" : "twist none", "aria-hidden": "true" }),
      element("span", { class: "field-name" }, node.name),
      " ",
      node.value === "" ? undefined : element("span", { class: "field-value" }, node.value),
    );
    const line: Line = { node, item, above };
    this.lines.set(item, line);
    this.byNode.set(node, line);
    if (!hasMore) return [item];
    item.setAttribute("aria-expanded", String(isOpen));
    const within = node.children.flatMap((child) => this.lineOf(child, line, false));
    return [item, element("div", { role: "group" }, ...within)];
  }

  private listen(): void {
    this.view.addEventListener("pointerover", (event) => this.actions.onPoint(this.lineUnder(event)?.node));
    this.view.addEventListener("pointerleave", () => this.actions.onPoint(undefined));
    this.view.addEventListener("click", (event) => {
      const line = this.lineUnder(event);
      if (line === undefined) return;
      if (event.target instanceof HTMLElement && event.target.classList.contains("twist")) this.toggle(line);
      else if (line.node.path.length === 1 || line.item.getAttribute("aria-selected") === "true")
        this.toggle(line);
      this.take(line);
    });
    this.view.addEventListener("keydown", (event) => this.onKey(event));
  }

  private onKey(event: KeyboardEvent): void {
    const line = this.lineUnder(event);
    if (line === undefined) return;
    const seen = [...this.lines.values()].filter((other) => isSeen(other));
    const next = this.lineAfterKey(event.key, line, seen);
    if (next === undefined) return;
    event.preventDefault();
    this.take(next);
  }

  private lineAfterKey(key: string, line: Line, seen: readonly Line[]): Line | undefined {
    const isOpen = line.item.getAttribute("aria-expanded") === "true";
    const at = seen.indexOf(line);
    switch (key) {
      case "ArrowDown":
        return seen[at + 1] ?? line;
      case "ArrowUp":
        return seen[at - 1] ?? line;
      case "Home":
        return seen[0];
      case "End":
        return seen.at(-1);
      case "ArrowRight":
        if (isOpen) return seen[at + 1];
        this.setOpen(line, true);
        return line;
      case "ArrowLeft":
        if (!isOpen) return line.above ?? line;
        this.setOpen(line, false);
        return line;
      case "Enter":
      case " ":
        this.toggle(line);
        return line;
      default:
        return undefined;
    }
  }

  private take(line: Line): void {
    this.select(line);
    line.item.focus();
    this.actions.onChoose(line.node);
  }

  private select(line: Line): void {
    for (const { item } of this.lines.values()) {
      item.setAttribute("aria-selected", String(item === line.item));
      item.tabIndex = item === line.item ? 0 : -1;
    }
  }

  private toggle(line: Line): void {
    this.setOpen(line, line.item.getAttribute("aria-expanded") !== "true");
  }

  private setOpen({ node, item }: Line, isOpen: boolean): void {
    if (node.children.length === 0) return;
    item.setAttribute("aria-expanded", String(isOpen));
    if (node.path.length === 1) this.open.keep(node.name, isOpen);
  }

  /** The line of a node, or the one of those around it that can be seen. */
  private seenLine(node: TreeNode): Line | undefined {
    let line = this.byNode.get(node);
    while (line !== undefined && !isSeen(line)) line = line.above;
    return line;
  }

  private lineUnder({ target }: Event): Line | undefined {
    const item = target instanceof HTMLElement ? target.closest<HTMLElement>('[role="treeitem"]') : null;
    return item === null ? undefined : this.lines.get(item);
  }
}

function isSeen({ above }: Line): boolean {
  for (let line = above; line !== undefined; line = line.above)
    if (line.item.getAttribute("aria-expanded") !== "true") return false;
  return true;
}
