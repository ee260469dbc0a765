/** The tab of the packets: their list, and under it the packet that was chosen. */
import { sentenceOf } from "../api.ts";
import { element } from "../dom.ts";
import { exportMenu } from "../export-menu.ts";
import { formatCount } from "../format.ts";
import type { Panel, PanelContext } from "../panel.ts";
import { changeSelection, isFiltered, selectionKey, type ViewState } from "../view-state.ts";
import { InspectedPacket } from "./inspected-packet.ts";
import { PacketInspector } from "./packet-inspector.ts";
import { PacketList } from "./packet-list.ts";
import type { TimeMode } from "./packet-time.ts";

/** How long the keys must rest on a row before its packet is loaded. */
const restMs = 90;

export class PacketsPanel implements Panel {
  readonly element: HTMLElement;
  private readonly context: PanelContext;
  private readonly count = element("p", { class: "hint count", "aria-live": "polite" });
  private readonly place = element("div", { class: "packet-place" });
  private readonly exports = exportMenu();
  private readonly inspector: PacketInspector;
  private readonly packets: InspectedPacket;
  private readonly modeButton = element("button", { type: "button", "aria-pressed": "false" }, "Time of day");
  private list: PacketList | undefined;
  private listKey = "";
  private mode: TimeMode = "relative";
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(context: PanelContext) {
    this.context = context;
    this.packets = new InspectedPacket(context.data);
    this.inspector = new PacketInspector({
      followFlow: (flow) => this.followFlow(flow),
      filterBy: (part, value) => this.keepPacket({ [part]: value }),
    });
    this.modeButton.addEventListener("click", () => this.switchMode());
    this.element = element(
      "section",
      { class: "card packets" },
      element("h2", {}, "Packets"),
      element("div", { class: "tools" }, this.count, this.modeButton, this.exports.element),
      this.place,
      this.inspector.view,
    );
  }

  dependsOn({ selection, packet, follow }: ViewState): string {
    return `${selectionKey(selection)} ${packet ?? ""} ${follow}`;
  }

  async update(state: ViewState, signal: AbortSignal): Promise<void> {
    const key = selectionKey(state.selection);
    this.exports.show(state.selection);
    if (this.list === undefined || key !== this.listKey) await this.openList(state, key, signal);
    else await this.list.load(signal);
    const list = this.list!;
    list.setTime({ first: await this.packets.firstTime(state.selection.capture, signal), mode: this.mode });
    if (state.follow && state.packet === undefined) list.list.scrollTo("end");
    await this.inspect(list, state, signal);
  }

  private async openList(state: ViewState, key: string, signal: AbortSignal): Promise<void> {
    const opened = new PacketList(this.context.data, state.selection, {
      onPacket: (number, isOpened) => this.onPacket(number, isOpened),
      onChange: () => this.tellCount(),
    });
    await opened.load(signal);
    if (signal.aborted) return;
    this.list?.close();
    this.list = opened;
    this.listKey = key;
    this.place.replaceChildren(opened.list.view);
    this.tellCount();
  }

  private async inspect(list: PacketList, state: ViewState, signal: AbortSignal): Promise<void> {
    if (state.packet === undefined) {
      list.list.choose(-1);
      this.inspector.showHint("Choose a packet to see its layers and bytes.");
      return;
    }
    const isListed = await list.choose(state.packet, signal);
    const inspected = await this.packets.load(state.packet, state.selection.capture, signal);
    if (inspected !== undefined) this.inspector.show(inspected);
    if (!isListed && !signal.aborted)
      this.tellCount(`Packet ${formatCount(state.packet)} is not among them.`);
  }

  private onPacket(packet: number, isOpened: boolean): void {
    clearTimeout(this.rest);
    const show = (): void => this.context.view.set({ packet }, "replace");
    if (!isOpened) {
      this.rest = setTimeout(show, restMs);
      return;
    }
    this.inspector.focusOn(packet);
    show();
  }

  private followFlow(flow: number): void {
    const { selection } = this.context.view.state;
    this.context.view.set({
      selection: changeSelection({}, { capture: selection.capture, q: `flow ${flow}` }),
    });
  }

  /** Narrows the selection; the packet goes on being shown. */
  private keepPacket(changes: { src?: string; dst?: string; protocol?: string }): void {
    const { selection } = this.context.view.state;
    this.context.view.set({ selection: changeSelection(selection, changes) });
  }

  private switchMode(): void {
    this.mode = this.mode === "relative" ? "clock" : "relative";
    this.modeButton.setAttribute("aria-pressed", String(this.mode === "clock"));
    void this.packets
      .firstTime(this.context.view.state.selection.capture)
      .then((first) => this.list?.setTime({ first, mode: this.mode }));
  }

  private tellCount(more = ""): void {
    const { list } = this;
    if (list === undefined) return;
    const again = element("button", { type: "button" }, "Try again");
    again.addEventListener("click", () => list.retry());
    const told = list.total === 1 ? "1 packet" : `${formatCount(list.total)} packets`;
    const isSelected = isFiltered(this.context.view.state.selection);
    this.count.replaceChildren(`${told}${isSelected ? " selected" : ""}. ${more}`);
    if (list.error !== undefined) this.count.append(sentenceOf(list.error), " ", again);
    this.place.classList.toggle("none", list.total === 0);
  }
}
