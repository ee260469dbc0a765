/** A source of which only the packets that match a filter are left, as `tcpdump -r` leaves them. */
import { ptr } from "bun:ffi";
import { ExpectedError } from "../../../lib/errors.ts";
import type { PacketBatch } from "../packet-batch.ts";
import type { PacketSource, SourceProgress } from "../packet-source.ts";
import { BpfProgram } from "./bpf-program.ts";
import { openLibpcap, type Libpcap } from "./libpcap.ts";
import type { LiveOptions } from "./live-source.ts";

/** @throws ExpectedError without libpcap, or where the filter is wrong for packets of the source */
export function filterSource(
  source: PacketSource,
  expression: string,
  {
    platform,
    mayUseLibpcap,
    libpcapInstall,
  }: Pick<LiveOptions, "platform" | "mayUseLibpcap" | "libpcapInstall">,
): PacketSource {
  const pcap = mayUseLibpcap ? openLibpcap(platform) : undefined;
  if (pcap === undefined)
    throw new ExpectedError(`--filter needs libpcap, which is not installed here: ${libpcapInstall}.`);
  return new FilteredSource(source, pcap, expression, platform);
}

class FilteredSource implements PacketSource {
  private readonly source: PacketSource;
  private readonly pcap: Libpcap;
  private readonly expression: string;
  private readonly platform: NodeJS.Platform;
  /** A program a link type. */
  private readonly programs = new Map<number, BpfProgram>();

  constructor(source: PacketSource, pcap: Libpcap, expression: string, platform: NodeJS.Platform) {
    this.source = source;
    this.pcap = pcap;
    this.expression = expression;
    this.platform = platform;
    for (const type of source.linkTypes) this.programFor(type);
  }

  get kind(): PacketSource["kind"] {
    return this.source.kind;
  }

  get name(): string {
    return this.source.name;
  }

  get linkTypes(): readonly number[] {
    return this.source.linkTypes;
  }

  get dropped(): number {
    return this.source.dropped;
  }

  get droppedByPcs(): number | undefined {
    return this.source.droppedByPcs;
  }

  get warnings(): readonly string[] {
    return this.source.warnings;
  }

  get progress(): SourceProgress {
    return this.source.progress;
  }

  get rereadPath(): string | undefined {
    return this.source.rereadPath;
  }

  async next(): Promise<PacketBatch | undefined> {
    for (;;) {
      const batch = await this.source.next();
      if (batch === undefined) return undefined;
      this.keepMatching(batch);
      if (batch.count > 0) return batch;
    }
  }

  async close(): Promise<void> {
    await this.source.close();
    for (const program of this.programs.values()) program.close();
    this.programs.clear();
  }

  private keepMatching(batch: PacketBatch): void {
    const { bytes, offset, captured, wire, seconds, nanos, linkType, count } = batch;
    const base = ptr(bytes);
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const program = this.programFor(linkType[i]!);
      if (!program.matches(base + offset[i]!, captured[i]!, wire[i]!)) continue;
      offset[kept] = offset[i]!;
      captured[kept] = captured[i]!;
      wire[kept] = wire[i]!;
      seconds[kept] = seconds[i]!;
      nanos[kept] = nanos[i]!;
      linkType[kept] = linkType[i]!;
      kept++;
    }
    batch.count = kept;
  }

  private programFor(linkType: number): BpfProgram {
    let program = this.programs.get(linkType);
    if (program === undefined) {
      program = new BpfProgram(this.pcap, this.expression, linkType, this.platform);
      this.programs.set(linkType, program);
    }
    return program;
  }
}
