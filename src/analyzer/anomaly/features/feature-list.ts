/**
 * What is measured about a packet in its context: the columns of a feature row, in this order. All grow with
 * what they count, from 0, and higher is what attacks have in common; none is the name of an attack.
 *
 * "Of late" is forgotten with a time constant of 10 s (sums), or the last 10 to 20 s (what is different).
 * Addresses are those of IP; in ARP the protocol addresses asked from and for; else those of the link.
 */
export interface Feature {
  readonly name: string;
  /** What the number counts. */
  readonly unit: string;
  readonly meaning: string;
}

export const features = [
  { name: "source.peers", unit: "addresses", meaning: "different addresses the sender sent to of late" },
  { name: "source.services", unit: "ports", meaning: "different ports, of any address, it sent to of late" },
  { name: "source.openings", unit: "segments", meaning: "TCP connections it tried to open of late" },
  {
    name: "source.stations",
    unit: "link addresses",
    meaning: "different link addresses it sent from of late",
  },
  { name: "source.bytes", unit: "bytes", meaning: "bytes it sent of late" },
  {
    name: "source.refusals",
    unit: "packets",
    meaning: "resets and ICMP errors that came back to it of late",
  },
  {
    name: "destination.peers",
    unit: "addresses",
    meaning: "different addresses that sent to the receiver of late",
  },
  { name: "destination.ports", unit: "ports", meaning: "different ports of the receiver addressed of late" },
  {
    name: "destination.openings",
    unit: "segments",
    meaning: "TCP connections others tried to open to it of late",
  },
  { name: "destination.packets", unit: "packets", meaning: "packets sent to it of late" },
  { name: "destination.small", unit: "packets", meaning: "those of them with up to 64 bytes of payload" },
  { name: "destination.unanswered", unit: "ratio", meaning: "packets to it for each from it of late" },
  {
    name: "pair.connections",
    unit: "connections",
    meaning: "different connections of the sender to the receiver of late: ports, and its link address",
  },
  {
    name: "pair.ports",
    unit: "ports",
    meaning: "different ports of the receiver that the sender addressed in the last 5 to 10 minutes",
  },
  {
    name: "pair.excess",
    unit: "bytes",
    meaning:
      "bytes that the one who began sent the other beyond what came back, with a time constant of 60 s",
  },
  {
    name: "pair.regularity",
    unit: "ratio",
    meaning: "the usual pause between bursts of the pair for each second it varies by, where it is over 2 s",
  },
  {
    name: "pair.rate",
    unit: "times the usual deviation",
    meaning: "how far the pair's packets of the last minute are above what is usual for its service",
  },
  {
    name: "shape.packets",
    unit: "packets",
    meaning: "packets of the same transport, TCP flags and size, of anyone, with a time constant of 1 s",
  },
  { name: "packet.extensions", unit: "headers", meaning: "IPv6 extension headers in the packet" },
  { name: "packet.fragment", unit: "0 or 1", meaning: "whether it is a piece of a fragmented packet" },
  {
    name: "packet.size",
    unit: "times the usual deviation",
    meaning: "how far its size is from what is usual for its service, on a scale of doublings",
  },
  {
    name: "packet.hops",
    unit: "hops",
    meaning: "how far its time to live is from what its sender usually has",
  },
  {
    name: "packet.entropy",
    unit: "bits",
    meaning: "entropy of the first 64 bytes that the connection carried, a byte",
  },
  { name: "source.new", unit: "0 or 1", meaning: "whether its sender was first seen within the last second" },
] as const satisfies readonly Feature[];

export type FeatureName = (typeof features)[number]["name"];

/** Numbers of a feature row. */
export const featureCount = features.length;

/** The column of each feature. */
export const featureColumn = Object.fromEntries(features.map(({ name }, i) => [name, i])) as Readonly<
  Record<FeatureName, number>
>;

/** Counts on a scale where ten times as much is as far as ten times as little: what the forest is given. */
export function scaleFeatures(row: Float64Array): void {
  for (let c = 0; c < row.length; c++) row[c] = Math.log1p(row[c]!);
}
