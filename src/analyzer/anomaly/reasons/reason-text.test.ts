import { describe, expect, test } from "bun:test";
import { features, type FeatureName } from "../features/feature-list.ts";
import { reasonText } from "./reason-text.ts";

const range = (low: number, high = low) => ({ low, median: low, high });

describe("features with a sentence", () => {
  test.each<[FeatureName, number, [number, number], string]>([
    ["source.services", 212.4, [1, 3], "contacted 212 ports in 20 s; hosts here contact 1 to 3"],
    ["source.peers", 1, [3, 3], "contacted 1 address in 20 s; hosts here contact 3"],
    [
      "source.openings",
      2011,
      [0, 1],
      "tried to open 2,010 TCP connections in 10 s; hosts here try to open 0 to 1",
    ],
    ["source.stations", 50, [1.008, 1.008], "sent from 50 link addresses in 20 s; hosts here send from 1"],
    [
      "destination.peers",
      40_000,
      [1, 18.4],
      "the receiver heard from 40,000 addresses in 20 s; hosts here hear from 1 to 18",
    ],
    [
      "destination.unanswered",
      0.01,
      [0.374, 24.2],
      "the receiver was sent 0.01 packets for each that it sent; hosts here are sent 0.374 to 24.2",
    ],
    [
      "pair.connections",
      1,
      [2, 4],
      "made 1 connection to the receiver in 20 s; pairs of hosts here make 2 to 4",
    ],
    ["packet.extensions", 1, [0, 0], "has 1 IPv6 extension header; packets here have 0"],
    ["packet.fragment", 1, [0, 0], "is a piece of a fragmented packet; packets here are whole"],
    [
      "packet.entropy",
      0,
      [1, 5.2],
      "is of traffic that carried nothing yet, or one byte over and over; connections here begin with 1 to 5.2 bits a byte",
    ],
    ["packet.fragment", 0, [1, 1], "packet.fragment is 0; typical here is 1"],
    ["packet.fragment", 1, [0, 1], "is a piece of a fragmented packet; so are some packets here"],
    ["packet.fragment", 1, [1, 1], "is a piece of a fragmented packet; so are nearly all packets here"],
    ["source.bytes", 12_345_678, [60, 4210], "sent 12,300,000 bytes in 10 s; hosts here send 60 to 4,210"],
    [
      "source.refusals",
      1,
      [0, 0],
      "was refused 1 time in 10 s (resets, and errors of ICMP); hosts here are refused 0",
    ],
    [
      "source.new",
      1,
      [0, 0],
      "is of an address that was first seen within the last second; packets here are of known ones",
    ],
    [
      "pair.ports",
      212,
      [1, 3],
      "contacted 212 ports of the receiver within 10 minutes; hosts here contact 1 to 3 of another",
    ],
    [
      "pair.excess",
      52_000,
      [0, 900],
      "is between two hosts of which the one that began sent 52,000 bytes more in 60 s than came back; usual here is 0 to 900",
    ],
    [
      "pair.regularity",
      24.03,
      [0, 1.5],
      "comes like clockwork, after pauses that are 24 times as long as they vary by; pauses here are 0 to 1.5",
    ],
    [
      "pair.rate",
      5.318,
      [0, 1.2],
      "is one of more packets in 60 s than this service has here, by 5.32 times the usual deviation; others are above by 0 to 1.2",
    ],
    [
      "packet.size",
      8.25,
      [0.1, 2],
      "is larger or smaller than what this service has here, by 8.25 times the usual deviation; others are off by 0.1 to 2",
    ],
    [
      "packet.hops",
      64,
      [0, 0],
      "came by a way 64 hops longer or shorter than its sender's others; packets here differ by 0",
    ],
    [
      "packet.entropy",
      7.91,
      [0, 5.2],
      "is of a connection that began with bytes of 7.91 bits of information each (8 is as by chance); connections here begin with 0 to 5.2 bits a byte",
    ],
  ])("%s is %p", (name, value, [low, high], text) => {
    const feature = features.find((each) => each.name === name)!;
    expect(reasonText(feature, value, range(low, high))).toBe(text);
  });
});

describe("features that nobody wrote a sentence for", () => {
  test.each([
    ["packets", 3.1372, [1, 2], "new.one is 3.14 packets; typical here is 1 to 2"],
    ["packets", 1, [5, 5], "new.one is 1 packet; typical here is 5"],
    ["addresses", 1, [5, 5], "new.one is 1 address; typical here is 5"],
    ["bytes", 1, [5, 5], "new.one is 1 byte; typical here is 5"],
    ["s", 1, [5, 5], "new.one is 1 s; typical here is 5"],
    ["ratio", 9, [0.5, 1], "new.one is 9; typical here is 0.5 to 1"],
    ["0 or 1", 1, [0, 0], "new.one is 1; typical here is 0"],
  ])("%s: %p", (unit, value, [low, high], text) => {
    expect(reasonText({ name: "new.one", unit }, value, range(low!, high))).toBe(text);
  });
});

test("every feature has a sentence of one line for any value", () => {
  for (const feature of features)
    for (const value of [0, 0.5, 1, 7, 1e9, Infinity])
      expect(reasonText(feature, value, range(0, 2))).toMatch(/^[^#@\n]+; [^#@\n]+$/);
});
