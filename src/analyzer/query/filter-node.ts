/** A filter as it was understood: what `parseFilter` makes of text, and `compileFilter` takes. */
import type { AddressRange } from "./address-range.ts";

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** Which end of a packet: `any` is one or the other. */
export type End = "source" | "destination" | "any";

/** Columns that are compared with a number. */
export type NumberColumn = "size" | "score" | "number" | "flow";

export type FilterNode =
  | { kind: "all" }
  | { kind: "and" | "or"; parts: readonly FilterNode[] }
  | { kind: "not"; part: FilterNode }
  /** A bit of `layerBit`, a number of `protocolId`, a bit of `packetFlag`. */
  | { kind: "layer" | "protocol" | "flag"; value: number }
  /** Whether the score is at least the caller's threshold. */
  | { kind: "flagged" }
  /** `!=` is true where there is an address and none is in the range. */
  | { kind: "address"; end: End; range: AddressRange; comparison: "=" | "!=" }
  /** Of any transport where `transport` is 0. `!=` is true where there are ports and none is the value. */
  | { kind: "port"; end: End; transport: number; comparison: Comparison; value: number }
  | { kind: "number"; column: NumberColumn; comparison: Comparison; value: number }
  | { kind: "time"; comparison: Comparison; seconds: number; nanos: number };

/** A filter and the text that two filters share if they mean the same, and that others have not. */
export interface Filter {
  kind: "filter";
  node: FilterNode;
  key: string;
}
