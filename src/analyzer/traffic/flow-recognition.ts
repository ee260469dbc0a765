/**
 * Which application each flow carries, and what its first payloads tell. A flow once recognised keeps its
 * protocol; a TLS handshake inside another protocol (STARTTLS, CONNECT, RDP) turns the rest of it into TLS.
 */
import { freeDecryptions, maxFactPackets, maxRecognitionPackets, packetsPerDecryption } from "../limits.ts";
import type { PacketBatch } from "../capture/packet-batch.ts";
import { packetFlag, type DecodedColumns } from "../packet/decoded-columns.ts";
import { application } from "../recognition/application-protocols.ts";
import type { Facts } from "../recognition/facts.ts";
import { isInitial } from "../recognition/quic-initial.ts";
import { readFacts } from "../recognition/read-facts.ts";
import { applicationOfPort, recogniseDatagram, recogniseSegment } from "../recognition/recognise.ts";
import { isTlsHandshake } from "../recognition/tls.ts";
import { flowBit, flowStride, flowWord } from "./flow-record.ts";
import type { HostNames } from "./host-names.ts";
import { PcsFrames } from "./pcs-frames.ts";
import type { RecordTable } from "./record-table.ts";

const tcp = 6;
const udp = 17;

/** Characters of a flow's details, which may come from several payloads. */
const maxDetailLength = 80;

/** A client's first packet fills a datagram of this size (RFC 9000, section 14.1). */
const minInitialBytes = 1000;

export class FlowRecognition {
  readonly pcsFrames = new PcsFrames();
  /** By the flow's row. */
  private readonly names: (string | undefined)[] = [];
  private readonly details: (string | undefined)[] = [];
  private readonly hostNames: HostNames;
  private decryptions = 0;
  private looked = 0;

  constructor(hostNames: HostNames) {
    this.hostNames = hostNames;
  }

  nameOf(row: number): string | null {
    return this.names[row] ?? null;
  }

  detailOf(row: number): string | null {
    return this.details[row] ?? null;
  }

  forget(row: number): void {
    if (row >= this.names.length) return;
    this.names[row] = undefined;
    this.details[row] = undefined;
  }

  /**
   * Recognises packet `i`, which has a payload, and writes its protocol into the columns.
   * @param row its flow, and `low` whether the flow's low end sent it
   */
  see(
    table: RecordTable,
    row: number,
    low: boolean,
    batch: PacketBatch,
    columns: DecodedColumns,
    i: number,
  ): void {
    const transport = columns.transport[i]!;
    if (transport !== tcp && transport !== udp) return;
    const { words } = table;
    const at = row * flowStride;
    const { bytes } = batch;
    const start = columns.payloadStart[i]!;
    const end = columns.payloadEnd[i]!;
    const state = words[at + flowWord.state]!;
    const looked = words[at + flowWord.looked]! & 0xffff;
    this.looked++;
    let protocol = state & flowBit.protocol;
    if (looked < maxRecognitionPackets) {
      words[at + flowWord.looked]!++;
      if ((state & flowBit.certain) === 0)
        protocol = this.recognise(words, at, bytes, start, end, columns, i);
    }
    if (transport === tcp && protocol !== application.tls && isTlsHandshake(bytes, start, end)) {
      protocol = application.tls;
      setProtocol(words, at, protocol, true);
      words[at + flowWord.looked]! &= ~0xffff;
    }
    if (protocol === application.none) return;
    columns.protocol[i] = protocol;
    if (looked < maxFactPackets || isNaming(protocol))
      this.learn(table, row, low, protocol, batch, columns, i);
    if (protocol === application.pcs)
      this.pcsFrames.see(words, at + flowWord.looked, low, bytes, start, end, batch.wire[i]!);
  }

  private recognise(
    words: Uint32Array,
    at: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    columns: DecodedColumns,
    i: number,
  ): number {
    const a = columns.sourcePort[i]!;
    const b = columns.destinationPort[i]!;
    const isTcp = columns.transport[i] === tcp;
    const found = isTcp
      ? recogniseSegment(bytes, start, end, a, b)
      : recogniseDatagram(bytes, start, end, a, b);
    const state = words[at + flowWord.state]!;
    const before = state & flowBit.protocol;
    if (found !== application.none) {
      setProtocol(words, at, found, true);
      return found;
    }
    if (!isTcp || before !== application.none) return before;
    const byPort = applicationOfPort(a) || applicationOfPort(b);
    setProtocol(words, at, byPort, false);
    return byPort;
  }

  private learn(
    table: RecordTable,
    row: number,
    low: boolean,
    protocol: number,
    batch: PacketBatch,
    columns: DecodedColumns,
    i: number,
  ): void {
    if (columns.flags[i]! & packetFlag.fragment && columns.transport[i] === tcp) return;
    const start = columns.payloadStart[i]!;
    const end = columns.payloadEnd[i]!;
    if (protocol === application.quic && !this.mayDecrypt(row, batch.bytes, start, end)) return;
    const overTcp = columns.transport[i] === tcp;
    const facts = readFacts(protocol, batch.bytes, start, end, overTcp);
    if (facts === undefined) return;
    this.keep(row, facts);
    for (const { address, name } of facts.hosts ?? []) this.hostNames.addBytes(address, name);
    // A client that asks for an address names nobody.
    if (facts.name === undefined || /^[\d.]+$|:/.test(facts.name)) return;
    if (protocol === application.tls || protocol === application.http || protocol === application.quic) {
      const version = columns.networkVersion[i]!;
      const target = row * flowStride + (low ? flowWord.high : flowWord.low);
      this.hostNames.add(version, table.words, target, facts.name);
    }
  }

  private keep(row: number, { name, detail }: Facts): void {
    if (name === undefined && detail === undefined) return;
    // Without holes, which would make the lists slow.
    while (this.names.length <= row) {
      this.names.push(undefined);
      this.details.push(undefined);
    }
    if (name !== undefined && this.names[row] === undefined) this.names[row] = name;
    if (detail === undefined) return;
    const known = this.details[row];
    if (known === undefined || known === "QUIC") this.details[row] = detail;
    else if (!known.includes(detail) && known.length + detail.length < maxDetailLength)
      this.details[row] = `${known}, ${detail}`;
  }

  /**
   * A server name costs decrypting a packet: it is tried once a flow, and a flood of such packets must not cost
   * more than it is worth.
   */
  private mayDecrypt(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.details[row] !== undefined || end - start < minInitialBytes || !isInitial(bytes, start))
      return false;
    if (this.decryptions >= freeDecryptions + this.looked / packetsPerDecryption) return false;
    this.decryptions++;
    // A flow of a draft version would have no detail, and be tried again.
    this.keep(row, { detail: "QUIC" });
    return true;
  }
}

function setProtocol(words: Uint32Array, at: number, protocol: number, certain: boolean): void {
  const rest = words[at + flowWord.state]! & ~(flowBit.protocol | flowBit.certain);
  words[at + flowWord.state] = rest | protocol | (certain ? flowBit.certain : 0);
}

/** Protocols whose every message may name hosts. */
function isNaming(protocol: number): boolean {
  return protocol === application.dns || protocol === application.mdns;
}
