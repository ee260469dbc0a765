/** Columns of packets in the store; a row is a packet, 52 bytes. */
export interface StoreChunk {
  /** Whole seconds since 1970 and nanoseconds on top; NaN where the capture keeps no time. */
  readonly seconds: Float64Array;
  readonly nanos: Uint32Array;
  /** Bytes on the wire, and those captured. */
  readonly wire: Uint32Array;
  readonly captured: Uint32Array;
  readonly linkType: Uint16Array;
  /** A sum of `layerBit`, a number of `protocolNames`, a sum of `packetFlag`. */
  readonly layers: Uint32Array;
  readonly protocol: Uint8Array;
  readonly flags: Uint8Array;
  /** Ids of `AddressIds`. */
  readonly source: Uint32Array;
  readonly destination: Uint32Array;
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
  /** The flow's number; 0 for none. */
  readonly flow: Uint32Array;
  /** Where the packet's bytes begin in the capture file; NaN where they are not kept. */
  readonly place: Float64Array;
}

export function createStoreChunk(rows: number): StoreChunk {
  return {
    seconds: new Float64Array(rows),
    nanos: new Uint32Array(rows),
    wire: new Uint32Array(rows),
    captured: new Uint32Array(rows),
    linkType: new Uint16Array(rows),
    layers: new Uint32Array(rows),
    protocol: new Uint8Array(rows),
    flags: new Uint8Array(rows),
    source: new Uint32Array(rows),
    destination: new Uint32Array(rows),
    sourcePort: new Uint16Array(rows),
    destinationPort: new Uint16Array(rows),
    flow: new Uint32Array(rows),
    place: new Float64Array(rows),
  };
}
