import { expect, test } from "bun:test";
import { reason } from "./cells.test-support.ts";
import { episodeTitle, type TitleHosts } from "./episode-title.ts";

const hosts: TitleHosts = { source: "a", destination: "b", focus: "a", count: 2 };
const sweep = { ...hosts, count: 1201 };
const flood = { ...sweep, focus: "b" };

test.each<[string, string, TitleHosts, string]>([
  [
    "source.services",
    "contacted 212 ports in 20 s; hosts here contact 1",
    hosts,
    "a contacted 212 ports in 20 s",
  ],
  [
    "destination.packets",
    "the receiver was sent 9 packets in 10 s; hosts here are sent 1",
    flood,
    "b was sent 9 packets in 10 s",
  ],
  [
    "pair.connections",
    "made 9 connections to the receiver in 20 s; pairs of hosts here make 1",
    hosts,
    "a made 9 connections to b in 20 s",
  ],
  [
    "shape.packets",
    "is one of 9 packets of the same kind and size in 1 s; packets here are one of 1",
    hosts,
    "9 packets of the same kind and size in 1 s from a to b",
  ],
  [
    "packet.extensions",
    "has 1 IPv6 extension header; packets here have 0",
    sweep,
    "packets with 1 IPv6 extension header from a to 1,200 addresses",
  ],
  [
    "packet.fragment",
    "is a piece of a fragmented packet; packets here are whole",
    flood,
    "pieces of fragmented packets from 1,200 addresses to b",
  ],
  ["packet.fragment", "packet.fragment is 0; typical here is 1", hosts, "a: packet.fragment is 0"],
  ["new.one", "new.one is 3 packets; typical here is 1", hosts, "a: new.one is 3 packets"],
  ["constructor", "the router is not a", hosts, "the router is not a"],
])("%s: %s", (feature, text, about, title) => {
  expect(episodeTitle(reason(feature, 1, text), about)).toBe(title);
});
