/**
 * One packet: what it is, what may be done with it, its layers as a tree and its bytes. A field shows its bytes
 * and a byte shows its field, by pointing at them, by a click and with the keys.
 */
import type { Answers, PacketRow } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { nodeAt, treeOf, type TreeNode } from "./field-lookup.ts";
import { FieldTree } from "./field-tree.ts";
import { parseHex } from "./hex-lines.ts";
import { HexView } from "./hex-view.ts";
import { OpenLayers } from "./open-layers.ts";
import { packetHead, type PacketActions } from "./packet-head.ts";

export type PacketDetails = Answers["/api/packets/:number"];

/** What is shown of a packet. */
export interface Inspected {
  details: PacketDetails;
  /** Its line in the list; undefined where it is no longer in the store. */
  row: PacketRow | undefined;
}

export class PacketInspector {
  readonly view = element("section", { class: "inspector", "aria-label": "The chosen packet" });
  private readonly actions: PacketActions;
  private readonly open = new OpenLayers();
  private tree: FieldTree | undefined;
  /** The packet that is shown, and the one that shall have the focus once it is; 0 for none. */
  private shown = 0;
  private awaited = 0;

  constructor(actions: PacketActions) {
    this.actions = actions;
    this.showHint("Choose a packet to see its layers and bytes.");
  }

  /** A sentence in its place. */
  showHint(sentence: string): void {
    this.tree = undefined;
    this.shown = 0;
    this.view.replaceChildren(element("p", { class: "hint" }, sentence));
  }

  show(inspected: Inspected): void {
    const { details } = inspected;
    const nodes = treeOf(details.layers);
    const bytes = details.bytes === null ? new Uint8Array(0) : parseHex(details.bytes);
    const told = element("p", { class: "told", "aria-live": "polite" });
    const hex = new HexView(bytes, {
      onByte: (at) => {
        const node = at === undefined ? undefined : nodeAt(nodes, at);
        tree.point(node);
        hex.mark("hover", node);
        told.textContent = node === undefined ? "" : sentenceOf(node);
      },
      onPick: (at) => {
        const node = nodeAt(nodes, at);
        if (node === undefined) return;
        tree.reveal(node);
        hex.mark("chosen", node);
      },
    });
    const tree = new FieldTree(nodes, this.open, {
      onPoint: (node) => {
        hex.mark("hover", node);
        told.textContent = node === undefined ? "" : sentenceOf(node);
      },
      onChoose: (node) => {
        hex.mark("chosen", node);
        if (node.length > 0) hex.reveal(node);
      },
    });
    this.tree = tree;
    this.view.replaceChildren(
      packetHead(inspected, this.actions),
      details.bytes === null
        ? missingView(details)
        : element(
            "div",
            { class: "inspected" },
            tree.view,
            element("div", { class: "bytes" }, told, hex.view),
          ),
    );
    this.shown = details.number;
    if (this.awaited === this.shown) this.focus();
  }

  isShowing(number: number): boolean {
    return number === this.shown;
  }

  /** Moves the focus into the tree of a packet, which may still be to come. */
  focusOn(number: number): void {
    if (number === this.shown) this.focus();
    else this.awaited = number;
  }

  private focus(): void {
    this.awaited = 0;
    this.tree?.view.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    this.view.scrollIntoView({ block: "nearest" });
  }
}

/** `Source port: 443, bytes 34 to 35` */
function sentenceOf({ name, value, start, length }: TreeNode): string {
  const what = value === "" ? name : `${name}: ${value}`;
  if (length === 0) return what;
  return length === 1 ? `${what} · byte ${start}` : `${what} · bytes ${start} to ${start + length - 1}`;
}

function missingView({ missing }: PacketDetails): HTMLElement {
  return element(
    "div",
    { class: "missing" },
    element("h4", {}, "No bytes"),
    element("p", {}, missing ?? "The bytes of this packet are not there."),
  );
}
