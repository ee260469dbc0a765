/**
 * A filter made ready for a store: addresses are resolved to sets of ids and comparisons to tables once, and then
 * each chunk is answered by a loop a term. A mask has a byte a row of a chunk, 1 where the filter holds.
 */
import type { AddressIds } from "../store/address-ids.ts";
import type { PacketStore, StoredRows } from "../store/packet-store.ts";
import { leastFlagged, scoreValue } from "../store/store-chunk.ts";
import { AddressSet } from "./address-set.ts";
import type { FilterNode } from "./filter-node.ts";
import { clearHeaderPorts, clearHeaders, markHeaderPorts, markHeaders } from "./header-loops.ts";
import { isInRange, numberRange } from "./number-range.ts";
import * as loops from "./term-loops.ts";

/** Writes 1 or 0 into the mask for the rows `from` to `until`. */
export type MaskWriter = (rows: StoredRows, mask: Uint8Array) => void;

const none = new Uint8Array(0);
const portCount = 65_536;
/** TCP, UDP and SCTP. */
const portTransports = new Set([6, 17, 132]);

/** @param threshold the lowest score that is flagged; undefined where nothing is */
export function compileFilter(node: FilterNode, store: PacketStore, threshold?: number): MaskWriter {
  return new FilterCompiler(store, threshold).compile(node, 0);
}

/** Whether what a filter selects changes as packets are judged. */
export function asksForScores(node: FilterNode): boolean {
  switch (node.kind) {
    case "and":
    case "or":
      return node.parts.some(asksForScores);
    case "not":
      return asksForScores(node.part);
    case "number":
      return node.column === "score";
    default:
      return node.kind === "flagged";
  }
}

class FilterCompiler {
  private readonly store: PacketStore;
  private readonly addresses: AddressIds;
  private readonly chunkRows: number;
  private readonly threshold: number | undefined;
  /** A mask for each depth at which a part is answered beside what was answered before it. */
  private readonly spare: Uint8Array[] = [];

  constructor(store: PacketStore, threshold: number | undefined) {
    const { addresses, chunkRows } = store;
    this.store = store;
    this.addresses = addresses;
    this.chunkRows = chunkRows;
    this.threshold = threshold;
  }

  compile(node: FilterNode, depth: number): MaskWriter {
    switch (node.kind) {
      case "all":
        return (rows, mask) => loops.fillMask(mask, rows.from, rows.until, 1);
      case "and":
      case "or":
        return this.joined(node.kind, node.parts, depth);
      case "not": {
        const part = this.compile(node.part, depth);
        return (rows, mask) => {
          part(rows, mask);
          loops.invertMask(mask, rows.from, rows.until);
        };
      }
      case "layer": {
        const shift = 31 - Math.clz32(node.value);
        return ({ chunk, from, until }, mask) => loops.maskLayers(mask, chunk.layers, from, until, shift);
      }
      case "protocol": {
        const table = byteTable((value) => value === node.value);
        return ({ chunk, from, until }, mask) => loops.maskBytes(mask, chunk.protocol, from, until, table);
      }
      case "flag": {
        const table = byteTable((value) => (value & node.value) !== 0);
        return ({ chunk, from, until }, mask) => loops.maskBytes(mask, chunk.flags, from, until, table);
      }
      case "address":
        return this.address(node);
      case "port":
        return portWriter(node);
      default:
        return this.number(node);
    }
  }

  private joined(kind: "and" | "or", nodes: readonly FilterNode[], depth: number): MaskWriter {
    const [first, ...others] = nodes.map((part, i) => this.compile(part, i === 0 ? depth : depth + 1));
    while (this.spare.length <= depth) this.spare.push(none);
    const join = kind === "and" ? loops.andMasks : loops.orMasks;
    return (rows, mask) => {
      first!(rows, mask);
      if (this.spare[depth]!.length === 0) this.spare[depth] = new Uint8Array(this.chunkRows);
      const spare = this.spare[depth]!;
      for (const other of others) {
        other(rows, spare);
        join(mask, spare, rows.from, rows.until);
      }
    };
  }

  private address({ end, range, comparison }: Extract<FilterNode, { kind: "address" }>): MaskWriter {
    const { addresses } = this;
    const set = new AddressSet(addresses, range);
    return ({ chunk, from, until }, mask) => {
      const table = set.upToDate();
      const { source, destination } = chunk;
      if (end === "any") loops.maskEitherId(mask, source, destination, from, until, table);
      else loops.maskIds(mask, end === "source" ? source : destination, from, until, table);
      if (comparison === "=") markHeaders(chunk.headers, from, until, end, table, mask);
      else {
        // Both addresses are there, or neither.
        for (let row = from; row < until; row++)
          mask[row] = addresses.isIp(source[row]!) ? mask[row]! ^ 1 : 0;
        clearHeaders(chunk.headers, from, until, end, table, (row) => addresses.isIp(source[row]!), mask);
      }
    };
  }

  private number(node: Extract<FilterNode, { kind: "flagged" | "number" | "time" }>): MaskWriter {
    if (node.kind === "time") {
      const wanted = numberRange(node.comparison, 0);
      const said = [-1, 0, 1].map((side) => Number(isInRange(wanted, side))) as [number, number, number];
      return ({ chunk, from, until }, mask) =>
        loops.maskTimes(mask, chunk.seconds, chunk.nanos, from, until, node, said);
    }
    if (node.kind === "flagged") {
      const range = numberRange(">=", leastFlagged(this.threshold ?? Number.POSITIVE_INFINITY));
      const { store } = this;
      return ({ chunk, from, until }, mask) => {
        loops.maskScores(mask, chunk.score, from, until, range);
        for (let row = from; row < until; row++)
          if (mask[row] === 1 && store.isExpected(chunk, row)) mask[row] = 0;
      };
    }
    const { column, comparison, value } = node;
    const range = numberRange(comparison, column === "score" ? scoreValue(value) : value);
    switch (column) {
      case "score":
        return ({ chunk, from, until }, mask) => loops.maskScores(mask, chunk.score, from, until, range);
      case "size":
        return ({ chunk, from, until }, mask) => loops.maskNumbers(mask, chunk.wire, from, until, range, 0);
      case "flow":
        return ({ chunk, from, until }, mask) => loops.maskNumbers(mask, chunk.flow, from, until, range, 1);
      default:
        return ({ from, until, number }, mask) => {
          for (let row = from; row < until; row++) mask[row] = Number(isInRange(range, number + row - from));
        };
    }
  }
}

function portWriter(node: Extract<FilterNode, { kind: "port" }>): MaskWriter {
  const { end, transport, comparison, value } = node;
  const isUnequal = comparison === "!=";
  const range = numberRange(isUnequal ? "=" : comparison, value);
  const table = Uint8Array.from({ length: portCount }, (_, port) => Number(isInRange(range, port)));
  const carriers = byteTable((number) =>
    transport === 0 ? portTransports.has(number) : number === transport,
  );
  return ({ chunk, from, until }, mask) => {
    const { sourcePort, destinationPort, transport } = chunk;
    if (end === "any")
      loops.maskEitherPort(mask, sourcePort, destinationPort, transport, from, until, table, carriers);
    else {
      const column = end === "source" ? sourcePort : destinationPort;
      loops.maskPorts(mask, column, transport, from, until, table, carriers);
    }
    if (!isUnequal) markHeaderPorts(chunk.headers, from, until, end, table, carriers, mask);
    else {
      for (let row = from; row < until; row++) mask[row] = carriers[transport[row]!]! & (mask[row]! ^ 1);
      clearHeaderPorts(chunk.headers, from, until, end, table, carriers, transport, mask);
    }
  };
}

function byteTable(holds: (value: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, value) => Number(holds(value)));
}
