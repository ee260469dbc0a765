/** What the inspector says about a packet: its headers from the outside in, each with its fields. */
export interface InspectedField {
  /** For people: `Source port`. */
  name: string;
  /** For people too: `443`, `10.0.0.1`, `0x1f2e`, `SYN, ACK`. */
  value: string;
  /** The bytes it was read from, counted from the beginning of the packet. */
  start: number;
  length: number;
  /** What it holds: the options of a header, the records of a list. */
  fields?: InspectedField[];
}

export interface InspectedLayer {
  /** `ethernet`, `ipv4`, …; `data` for what no header claims, `trailer` for what its frame has behind it. */
  name: string;
  /** For people: `Internet Protocol, version 4`. */
  title: string;
  start: number;
  /** Bytes of the header, without what it carries; those that were captured. */
  length: number;
  /** Inside the packet that an ICMP error quotes. */
  quoted: boolean;
  fields: InspectedField[];
}
