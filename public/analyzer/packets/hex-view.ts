/**
 * The bytes of a packet in hex and as letters. Each byte is an element in both columns, so that a field can be
 * shown on them and a byte can be pointed at; what is long is drawn only when asked for.
 */
import { element } from "../../lib/dom.ts";
import { formatCount } from "../format.ts";
import { formatByte, formatOffset, letterOf } from "./hex-lines.ts";
import { firstBytesShown } from "./limits.ts";

/** Half as many where a line of sixteen would not fit. */
const narrow = "(max-width: 640px)";

/** Bytes that belong to something: from `start`, `length` of them. */
export interface ByteSpan {
  start: number;
  length: number;
}

export interface HexActions {
  /** The pointer or the keys are on a byte, undefined for none. */
  onByte: (at: number | undefined) => void;
  /** A byte was clicked, or Enter pressed on it. */
  onPick: (at: number) => void;
}

export class HexView {
  readonly view: HTMLElement;
  private readonly bytes: Uint8Array;
  private readonly bytesOfLine = matchMedia(narrow).matches ? 8 : 16;
  private readonly actions: HexActions;
  private readonly lines = element("div", { class: "hex-lines" });
  /** Of each byte that is drawn: its hex and its letter. */
  private cells: [HTMLElement, HTMLElement][] = [];
  private marked: Record<string, ByteSpan> = {};
  private cursor = -1;

  constructor(bytes: Uint8Array, actions: HexActions) {
    this.bytes = bytes;
    this.actions = actions;
    this.lines.tabIndex = 0;
    this.lines.setAttribute("role", "group");
    this.lines.setAttribute(
      "aria-label",
      `${formatCount(bytes.length)} bytes. The arrow keys move from byte to byte, Enter goes to its field.`,
    );
    this.view = element("div", { class: "hex" }, this.lines);
    this.drawUpTo(Math.min(bytes.length, firstBytesShown));
    if (bytes.length > firstBytesShown) this.view.append(this.moreButton());
    this.listen();
  }

  /** Marks the bytes of a span, undefined for none. @param kind `hover` or `chosen` */
  mark(kind: "hover" | "chosen", span: ByteSpan | undefined): void {
    this.paint(kind, this.marked[kind], false);
    this.paint(kind, span, true);
    if (span === undefined) delete this.marked[kind];
    else this.marked[kind] = span;
  }

  /** Brings the first byte of a span into sight. */
  reveal({ start }: ByteSpan): void {
    if (start >= this.cells.length && start < this.bytes.length) this.drawUpTo(this.bytes.length);
    this.cells[start]?.[0].scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private paint(kind: string, span: ByteSpan | undefined, isOn: boolean): void {
    if (span === undefined) return;
    const end = Math.min(span.start + span.length, this.cells.length);
    for (let i = span.start; i < end; i++)
      for (const cell of this.cells[i]!) cell.classList.toggle(kind, isOn);
  }

  private drawUpTo(end: number): void {
    const marks = Object.entries(this.marked);
    for (let at = this.cells.length; at < end; at += this.bytesOfLine)
      this.lines.append(this.line(at, Math.min(at + this.bytesOfLine, end)));
    for (const [kind, span] of marks) this.paint(kind, span, true);
    if (end === this.bytes.length) this.view.querySelector("button")?.remove();
  }

  private line(from: number, end: number): HTMLElement {
    const hex = element("span", { class: this.bytesOfLine === 8 ? "hex-bytes eight" : "hex-bytes" });
    const letters = element("span", { class: "hex-letters", "aria-hidden": "true" });
    for (let at = from; at < end; at++) {
      const byte = this.bytes[at]!;
      const cells: [HTMLElement, HTMLElement] = [
        element("span", { "data-at": String(at) }, formatByte(byte)),
        element("span", { "data-at": String(at) }, letterOf(byte)),
      ];
      this.cells.push(cells);
      hex.append(cells[0]);
      letters.append(cells[1]);
    }
    const offset = element("span", { class: "hex-offset", "aria-hidden": "true" }, formatOffset(from));
    return element("div", { class: "hex-line" }, offset, hex, letters);
  }

  private moreButton(): HTMLElement {
    const button = element("button", { type: "button" }, `Show all ${formatCount(this.bytes.length)} bytes`);
    button.addEventListener("click", () => this.drawUpTo(this.bytes.length));
    return button;
  }

  private listen(): void {
    this.lines.addEventListener("pointerover", (event) => this.actions.onByte(byteOf(event)));
    this.lines.addEventListener("pointerleave", () => this.actions.onByte(undefined));
    this.lines.addEventListener("blur", () => this.moveTo(-1));
    this.lines.addEventListener("click", (event) => {
      const at = byteOf(event);
      if (at !== undefined) this.actions.onPick(at);
    });
    this.lines.addEventListener("keydown", (event) => this.onKey(event));
  }

  private onKey(event: KeyboardEvent): void {
    const step = stepOf(event.key, this.bytesOfLine);
    if (event.key === "Enter" && this.cursor >= 0) this.actions.onPick(this.cursor);
    else if (step === undefined) return;
    else if (this.cursor < 0) this.moveTo(0);
    else this.moveTo(Math.min(Math.max(this.cursor + step, 0), this.cells.length - 1));
    event.preventDefault();
  }

  private moveTo(at: number): void {
    this.cells[this.cursor]?.[0].classList.remove("cursor");
    this.cursor = at;
    this.cells[at]?.[0].classList.add("cursor");
    this.cells[at]?.[0].scrollIntoView({ block: "nearest", inline: "nearest" });
    this.actions.onByte(at < 0 ? undefined : at);
  }
}

/** Bytes that a key moves by, undefined for keys that do not move. */
function stepOf(key: string, bytesOfLine: number): number | undefined {
  switch (key) {
    case "ArrowLeft":
      return -1;
    case "ArrowRight":
      return 1;
    case "ArrowUp":
      return -bytesOfLine;
    case "ArrowDown":
      return bytesOfLine;
    case "Home":
      return Number.NEGATIVE_INFINITY;
    case "End":
      return Number.POSITIVE_INFINITY;
    default:
      return undefined;
  }
}

function byteOf({ target }: Event): number | undefined {
  const at = target instanceof HTMLElement ? target.dataset["at"] : undefined;
  return at === undefined ? undefined : Number(at);
}
