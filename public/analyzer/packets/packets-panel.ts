/** The tab of the packets: their list, and under it the packet that was chosen. */
import { sentenceOf } from "../refusal.ts";
import { element } from "../../lib/dom.ts";
import { exportMenu } from "../export-menu.ts";
import { formatCount } from "../format.ts";
import type { Panel, PanelContext } from "../panel.ts";
import { noneOf } from "../none-of.ts";
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
  private readonly none = element("p", { class: "nothing none-selected" });
  private readonly exports = exportMenu();
  private readonly inspector: PacketInspector;
  private readonly packets: InspectedPacket;
  private readonly modeButton = element("button", { type: "button", "aria-pressed": "false" }, "Time of day");
  private list: PacketList | undefined;
  private listKey = "";
  private mode: TimeMode = "relative";
  /** Ends what is loaded for the inspector. */
  private inspecting: AbortController | undefined;
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
      element(
        "div",
        { class: "tools" },
        this.count,
        this.modeButton,
        context.data.isFile ? undefined : this.exports.element,
      ),
      this.place,
      this.none,
      this.inspector.view,
    );
  }

  dependsOn({ selection, packet, follow }: ViewState): string {
    return `${selectionKey(selection)} ${packet ?? ""} ${follow}`;
  }

  async update(state: ViewState, signal: AbortSignal, grew: boolean): Promise<void> {
    const key = selectionKey(state.selection);
    this.exports.show(state.selection);
    this.none.textContent = noneOf("packet", state.selection);
    if (this.list === undefined || key !== this.listKey) await this.openList(state, key, signal);
    else if (grew && isFollowing(state)) await this.list.loadEnd(signal);
    else if (grew) this.list.refresh();
    const { list } = this;
    if (list === undefined || signal.aborted) return;
    list.setTime({ first: await this.packets.firstTime(state.selection.capture, signal), mode: this.mode });
    this.follow(list);
    this.inspecting?.abort();
    this.inspecting = new AbortController();
    void this.inspect(list, state, this.inspecting.signal, grew);
  }

  private async openList(state: ViewState, key: string, signal: AbortSignal): Promise<void> {
    const opened = new PacketList(this.context.data, state.selection, {
      onPacket: (number, isOpened) => this.onPacket(number, isOpened),
      onChange: () => {
        this.tellCount();
        this.follow(opened);
      },
    });
    await opened.load(signal);
    if (signal.aborted) return;
    // Who scrolls up wants to look at what was, and not to be taken to what comes.
    opened.list.view.addEventListener("wheel", ({ deltaY }) => {
      if (deltaY < 0 && this.context.view.state.follow) this.context.view.set({ follow: false }, "replace");
    });
    this.list?.close();
    this.list = opened;
    this.listKey = key;
    this.place.replaceChildren(opened.list.view);
    this.tellCount();
  }

  /** Keeps the newest packets in sight, where that was asked for and no packet is looked at. */
  private follow({ list }: PacketList): void {
    if (isFollowing(this.context.view.state)) list.scrollTo("end");
  }

  private async inspect(
    list: PacketList,
    { packet, selection }: ViewState,
    signal: AbortSignal,
    grew: boolean,
  ): Promise<void> {
    // The keys are on their way to another row.
    if (this.rest !== undefined) return;
    if (packet === undefined) {
      list.list.choose(-1);
      this.inspector.showHint("Choose a packet to see its layers and bytes.");
      return;
    }
    try {
      const isListed = await list.choose(packet, signal, !grew);
      if (!isListed && !signal.aborted) this.tellCount(`Packet ${formatCount(packet)} is not among them.`);
      if (grew && this.inspector.isShowing(packet)) return;
      const inspected = await this.packets.load(packet, selection.capture, signal);
      if (inspected !== undefined) this.inspector.show(inspected);
    } catch (error) {
      if (!signal.aborted) this.inspector.showHint(sentenceOf(error));
    }
  }

  private onPacket(packet: number, isOpened: boolean): void {
    clearTimeout(this.rest);
    if (isOpened) this.inspector.focusOn(packet);
    this.rest = setTimeout(
      () => {
        this.rest = undefined;
        this.context.view.set({ packet }, "replace");
      },
      isOpened ? 0 : restMs,
    );
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
    again.addEventListener("click", () => list.refresh());
    const told = list.total === 1 ? "1 packet" : `${formatCount(list.total)} packets`;
    const isSelected = isFiltered(this.context.view.state.selection);
    this.count.replaceChildren(`${told}${isSelected ? " selected" : ""}. ${more}`);
    if (list.error !== undefined) this.count.append(sentenceOf(list.error), " ", again);
    this.element.classList.toggle("none", list.total === 0);
  }
}

/** Whether the newest packets are to stay in sight. */
function isFollowing({ follow, packet }: ViewState): boolean {
  return follow && packet === undefined;
}
