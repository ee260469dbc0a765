/** Gathers what the inspector shows of a packet. */
import type { PacketRow } from "../../../src/analyzer/dashboard/contract.ts";
import type { DataSource } from "../data-source.ts";
import { rowsOfFile } from "./limits.ts";
import type { Inspected } from "./packet-inspector.ts";

export class InspectedPacket {
  private readonly data: DataSource;
  /** The first packet that is stored, by capture. */
  private readonly first = new Map<string, PacketRow>();

  constructor(data: DataSource) {
    this.data = data;
  }

  /** When the first packet came, in seconds since 1970; null where none has a time. */
  async firstTime(capture: string | undefined, signal?: AbortSignal): Promise<number | null> {
    // A report file begins with what was flagged.
    if (this.data.isFile) return (await this.data.get("/api/report", {}, signal)).firstTime;
    return (await this.firstRow(capture, signal))?.time ?? null;
  }

  /** @throws Refusal where there is no such packet */
  async load(
    number: number,
    capture: string | undefined,
    signal: AbortSignal,
  ): Promise<Inspected | undefined> {
    const [details, row] = await Promise.all([
      this.data.get("/api/packets/:number", { number: String(number), ...only(capture) }, signal),
      this.rowOf(number, capture, signal),
    ]);
    if (signal.aborted) return undefined;
    return { details, row };
  }

  /** Its line: without a filter, numbers follow each other. */
  private async rowOf(
    number: number,
    capture: string | undefined,
    signal: AbortSignal,
  ): Promise<PacketRow | undefined> {
    if (this.data.isFile) {
      const { rows } = await this.data.get("/api/packets", { limit: String(rowsOfFile) }, signal);
      return rows.find((row) => row.number === number);
    }
    const first = await this.firstRow(capture, signal);
    if (first === undefined || number < first.number) return undefined;
    const offset = String(number - first.number);
    const { rows } = await this.data.get("/api/packets", { ...only(capture), offset, limit: "1" }, signal);
    return rows[0]?.number === number ? rows[0] : undefined;
  }

  private async firstRow(capture: string | undefined, signal?: AbortSignal): Promise<PacketRow | undefined> {
    const held = this.first.get(capture ?? "");
    if (held !== undefined) return held;
    const { rows } = await this.data.get(
      "/api/packets",
      { ...only(capture), offset: "0", limit: "1" },
      signal,
    );
    if (rows[0] !== undefined) this.first.set(capture ?? "", rows[0]);
    return rows[0];
  }
}

function only(capture: string | undefined): { capture?: string } {
  return capture === undefined ? {} : { capture };
}
