/**
 * What a feature's value means in words, by its name. `#` stands for the number (in `text` and `title` with
 * its noun), and "the receiver" for the packet's receiver; a `text` that does not begin with him tells what
 * the sender or the packet did. A feature without a sentence would be told by its name and unit; a test holds that
 * each has one.
 *
 * The spans are those of `feature-list.ts`: what is different is counted over up to 20 s, sums over 10 s.
 */
export interface FeatureSentence {
  /** One and many of what is counted. */
  readonly noun: readonly [one: string, many: string];
  readonly text: string;
  /** Where the number is 0 and that says more than a number. */
  readonly none?: string;
  /** What is usual. */
  readonly typical: string;
  /** What happened, where it is not the sender's name and then `text`. `@` stands for "from A to B". */
  readonly title?: string;
}

const address = ["address", "addresses"] as const;
const connection = ["TCP connection", "TCP connections"] as const;
const bytes = ["byte", "bytes"] as const;
const packet = ["packet", "packets"] as const;
const port = ["port", "ports"] as const;
const times = ["time", "times"] as const;

export const featureSentences: Readonly<Record<string, FeatureSentence>> = {
  "source.peers": { noun: address, text: "contacted # in 20 s", typical: "hosts here contact #" },
  "source.services": { noun: port, text: "contacted # in 20 s", typical: "hosts here contact #" },
  "source.openings": {
    noun: connection,
    text: "tried to open # in 10 s",
    typical: "hosts here try to open #",
  },
  "source.stations": {
    noun: ["link address", "link addresses"],
    text: "sent from # in 20 s",
    typical: "hosts here send from #",
  },
  "source.bytes": { noun: bytes, text: "sent # in 10 s", typical: "hosts here send #" },
  "source.refusals": {
    noun: times,
    text: "was refused # in 10 s (resets, and errors of ICMP)",
    typical: "hosts here are refused #",
  },
  "source.new": {
    noun: address,
    text: "is of an address that was first seen within the last second",
    typical: "packets here are of known ones",
    title: "first packets of an address @",
  },
  "destination.peers": {
    noun: address,
    text: "the receiver heard from # in 20 s",
    typical: "hosts here hear from #",
  },
  "destination.ports": {
    noun: port,
    text: "the receiver was contacted on # in 20 s",
    typical: "hosts here are on #",
  },
  "destination.openings": {
    noun: connection,
    text: "the receiver was asked for # in 10 s",
    typical: "hosts here are asked for #",
  },
  "destination.packets": {
    noun: packet,
    text: "the receiver was sent # in 10 s",
    typical: "hosts here are sent #",
  },
  "destination.small": {
    noun: packet,
    text: "the receiver was sent # of at most 64 bytes of payload in 10 s",
    typical: "hosts here are sent #",
  },
  "destination.unanswered": {
    noun: packet,
    text: "the receiver was sent # for each that it sent",
    typical: "hosts here are sent #",
  },
  "pair.connections": {
    noun: ["connection", "connections"],
    text: "made # to the receiver in 20 s",
    typical: "pairs of hosts here make #",
  },
  "pair.ports": {
    noun: port,
    text: "contacted # of the receiver within 10 minutes",
    typical: "hosts here contact # of another",
  },
  "pair.excess": {
    noun: bytes,
    text: "is between two hosts of which the one that began sent # more in 60 s than came back",
    typical: "usual here is #",
    title: "# more in 60 s than came back @",
  },
  "pair.regularity": {
    noun: times,
    text: "comes like clockwork, after pauses that are # as long as they vary by",
    typical: "pauses here are #",
    title: "packets like clockwork @, after pauses # as long as they vary by",
  },
  "pair.rate": {
    noun: times,
    text: "is one of more packets in 60 s than this service has here, by # the usual deviation",
    typical: "others are above by #",
    title: "more packets in 60 s @ than this service has here, by # the usual deviation",
  },
  "shape.packets": {
    noun: packet,
    text: "is one of # of the same kind and size in 1 s",
    typical: "packets here are one of #",
    title: "# of the same kind and size in 1 s @",
  },
  "packet.extensions": {
    noun: ["IPv6 extension header", "IPv6 extension headers"],
    text: "has #",
    typical: "packets here have #",
    title: "packets with # @",
  },
  "packet.fragment": {
    noun: ["piece", "pieces"],
    text: "is a piece of a fragmented packet",
    typical: "packets here are whole",
    title: "pieces of fragmented packets @",
  },
  "packet.size": {
    noun: times,
    text: "is larger or smaller than what this service has here, by # the usual deviation",
    typical: "others are off by #",
    title: "packets larger or smaller @ than this service has here, by # the usual deviation",
  },
  "packet.hops": {
    noun: ["hop", "hops"],
    text: "came by a way # longer or shorter than its sender's others",
    typical: "packets here differ by #",
    title: "packets @ by a way # longer or shorter than the sender's others",
  },
  "packet.entropy": {
    noun: ["bit", "bits"],
    text: "is of a connection that began with bytes of # of information each (8 is as by chance)",
    none: "is of traffic that carried nothing yet, or one byte over and over",
    typical: "connections here begin with # bits a byte",
    title: "connections that begin with bytes of # of information each (8 is as by chance) @",
  },
};
