/** The fields of a packet as the inspector shows them, against those of tshark. */
import type { TsharkField, TsharkPacket } from "./tshark-packets.test-support.ts";

export interface InspectedLayer {
  /** `Ethernet`, or `Ethernet: quoted`. */
  title: string;
  /** `Source: 10.0.0.1` */
  fields: string[];
}

/** What the inspector must show where tshark has a value. */
type Shown = (value: string) => string | RegExp;

const same: Shown = (value) => value;
/** A number with what it means behind it. */
const withName: Shown = (value) => new RegExp(`^${value}( \\(.+\\))?$`);

const fieldsOf: Record<string, Partial<Record<string, [TsharkField, Shown]>>> = {
  Ethernet: { Source: ["eth.src", same], Destination: ["eth.dst", same], Type: ["eth.type", withName] },
  "Internet Protocol, version 4": {
    Source: ["ip.src", same],
    Destination: ["ip.dst", same],
    "Total length": ["ip.len", same],
    "Time to live": ["ip.ttl", same],
    Protocol: ["ip.proto", withName],
    Identification: ["ip.id", same],
    Flags: [
      "ip.flags",
      (value) => bitsText(Number(value), ["more fragments", "do not fragment", "reserved"]),
    ],
  },
  "Internet Protocol, version 6": {
    Source: ["ipv6.src", same],
    Destination: ["ipv6.dst", same],
    "Payload length": ["ipv6.plen", same],
    "Hop limit": ["ipv6.hlim", same],
  },
  "Transmission Control Protocol": {
    "Source port": ["tcp.srcport", same],
    "Destination port": ["tcp.dstport", same],
    Sequence: ["tcp.seq_raw", same],
    Acknowledgement: ["tcp.ack_raw", same],
    Window: ["tcp.window_size_value", same],
    Flags: [
      "tcp.flags",
      (value) => bitsText(Number(value), ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"]),
    ],
  },
  "User Datagram Protocol": {
    "Source port": ["udp.srcport", same],
    "Destination port": ["udp.dstport", same],
    Length: ["udp.length", same],
  },
  "Internet control messages": { Type: ["icmp.type", withName], Code: ["icmp.code", withName] },
  "Internet control messages, version 6": {
    Type: ["icmpv6.type", withName],
    Code: ["icmpv6.code", withName],
  },
  "Address resolution": {
    Operation: ["arp.opcode", withName],
    "Sender address": ["arp.src.proto_ipv4", same],
    "Target address": ["arp.dst.proto_ipv4", same],
  },
};

/** A sentence for each field that differs, and for each kind of layer that is there more or less often; and what agrees. */
export function compareFields(
  packet: TsharkPacket,
  layers: readonly InspectedLayer[],
): { wrong: string[]; agreed: number } {
  const wrong: string[] = [];
  let agreed = 0;
  for (const [kind, fields] of Object.entries(fieldsOf)) {
    const shown = layers.filter(({ title }) => title.split(": ")[0] === kind);
    for (const [name, rule] of Object.entries(fields)) {
      const [field, wantedOf] = rule!;
      const values = packet.all(field);
      const found = shown.flatMap(({ fields: lines }) => {
        const line = lines.find((text) => text.startsWith(`${name}: `));
        return line === undefined ? [] : [line.slice(name.length + 2)];
      });
      // A length stands where some have a type, and ARP may be about other addresses.
      if (values.length === 0 && found.length <= 1 && (kind === "Ethernet" || kind === "Address resolution"))
        continue;
      const isSame =
        values.length === found.length &&
        values.every((value, i) => {
          const wanted = wantedOf(value);
          return typeof wanted === "string" ? found[i] === wanted : wanted.test(found[i]!);
        });
      if (isSame) agreed += values.length;
      else wrong.push(`packet ${packet.number}, ${field}: tshark ${values.join()}, shown ${found.join()}`);
    }
  }
  return { wrong, agreed };
}

function bitsText(value: number, names: readonly string[]): string {
  return names.filter((_, i) => value & (1 << i)).join(", ") || "none";
}
