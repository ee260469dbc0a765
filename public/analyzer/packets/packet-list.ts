/**
 * The packets of the selection, as far as they are in sight. One list for one selection: another selection has
 * another list, so that no row of one can stand in the other.
 */
import type { Answers, PacketRow, SelectionQuery } from "../../../src/analyzer/dashboard/contract.ts";
import type { DataSource } from "../data-source.ts";
import { findPacket } from "./find-packet.ts";
import { fillPacketRow, makePacketRow, packetRowHead, tellTimeMode, type TimeScale } from "./packet-row.ts";
import { RowPages } from "./row-pages.ts";
import { VirtualList } from "./virtual-list.ts";

export interface PacketListActions {
  /** A packet was gone to; `isOpened` where it was opened by Enter. */
  onPacket: (number: number, isOpened: boolean) => void;
  /** The rows have changed, or what went wrong. */
  onChange: () => void;
}

export class PacketList {
  readonly list: VirtualList;
  private readonly head = packetRowHead();
  private readonly pages: RowPages<PacketRow>;
  private readonly data: DataSource;
  private readonly selection: Readonly<SelectionQuery>;
  private readonly actions: PacketListActions;
  /** A row that was gone to before it was there. */
  private awaited: { index: number; isOpened: boolean } | undefined;
  private time: TimeScale = { first: null, mode: "relative" };

  constructor(data: DataSource, selection: Readonly<SelectionQuery>, actions: PacketListActions) {
    this.data = data;
    this.selection = selection;
    this.actions = actions;
    this.pages = new RowPages(
      (offset, limit, signal) => this.fetchRows(offset, limit, signal),
      () => this.onPages(),
    );
    this.list = new VirtualList("Packets", this.head, {
      makeRow: makePacketRow,
      fillRow: (row, index) => fillPacketRow(row, this.pages.row(index), this.time),
      onSight: (first, end) => this.pages.want(first, end),
      onChoose: (index) => this.goTo(index, false),
      onOpen: (index) => this.goTo(index, true),
    });
  }

  get total(): number {
    return this.pages.total;
  }

  get error(): unknown {
    return this.pages.error;
  }

  /** Loads the first rows. @throws as `DataSource.get` */
  async load(signal: AbortSignal): Promise<void> {
    await this.pages.loadFirst(signal);
    this.onPages();
  }

  /** Asks once more for what is in sight, as the capture grew or something went wrong. */
  refresh(): void {
    this.pages.refresh();
  }

  /** Loads the last rows of a capture that grew. @throws as `DataSource.get` */
  async loadEnd(signal: AbortSignal): Promise<void> {
    await this.pages.loadEnd(signal);
  }

  close(): void {
    this.pages.close();
  }

  setTime(time: TimeScale): void {
    this.time = time;
    tellTimeMode(this.head, time.mode);
    this.list.redraw();
  }

  /**
   * Chooses the packet `number` where it is in the list; says whether it is.
   * @param isShown whether the list moves to where it is
   */
  async choose(number: number, signal: AbortSignal, isShown: boolean): Promise<boolean> {
    if (this.numberOf(this.list.chosenRow) === number) return true;
    const numberAt = async (index: number): Promise<number | undefined> =>
      this.numberOf(index) ?? (await this.fetchRows(index, 1, signal)).rows[0]?.number;
    const index = await findPacket(number, this.total, numberAt);
    if (signal.aborted) return false;
    this.list.choose(index ?? -1, isShown);
    return index !== undefined;
  }

  private numberOf(index: number): number | undefined {
    return index < 0 ? undefined : this.pages.row(index)?.number;
  }

  private fetchRows(offset: number, limit: number, signal: AbortSignal): Promise<Answers["/api/packets"]> {
    const part = { offset: String(offset), limit: String(limit) };
    return this.data.get("/api/packets", { ...this.selection, ...part }, signal);
  }

  private goTo(index: number, isOpened: boolean): void {
    const number = this.numberOf(index);
    this.awaited = number === undefined ? { index, isOpened } : undefined;
    if (number !== undefined) this.actions.onPacket(number, isOpened);
  }

  private onPages(): void {
    this.list.setRows(this.pages.total);
    this.list.redraw();
    if (this.awaited !== undefined) this.goTo(this.awaited.index, this.awaited.isOpened);
    this.actions.onChange();
  }
}
