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
  [
    "port-scan",
    "tried about 300 ports of one host within 20 s",
    hosts,
    "a tried about 300 ports of one host within 20 s",
  ],
  [
    "syn-flood",
    "is among 900 openings of connections in 10 s, of 990 packets to the receiver",
    flood,
    "900 openings of connections in 10 s, of 990 packets to b",
  ],
  [
    "amplification",
    "is among 265 answers from about 51 servers in 10 s to a host that asked none of them",
    flood,
    "b: 265 answers from about 51 servers in 10 s to a host that asked none of them",
  ],
  [
    "login-attempts",
    "belongs to 40 connections to port 21 of b in 30 s, with 50 logins refused",
    flood,
    "40 connections to port 21 of b in 30 s, with 50 logins refused",
  ],
  [
    "pair.regularity",
    "comes like clockwork, after pauses that are 24 times as long as they vary by; pauses here are 0",
    hosts,
    "packets like clockwork from a to b, after pauses 24 times as long as they vary by",
  ],
  [
    "packet.hops",
    "came by a way 64 hops longer or shorter than its sender's others; packets here differ by 0",
    hosts,
    "packets from a to b by a way 64 hops longer or shorter than the sender's others",
  ],
  ["constructor", "the router is not a", hosts, "the router is not a"],
])("%s: %s", (feature, text, about, title) => {
  expect(episodeTitle(reason(feature, 1, text), about)).toBe(title);
});
