import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, udp } from "./packet-builder.test-support.ts";

const inside = ipv4(17, udp());

test.each<[string, Uint8Array, string]>([
  ["discovery", ethernet(0x8863, bytes("11 09 0000 0004 01010000")), "ethernet pppoe"],
  ["session", ethernet(0x8864, bytes("11 00 0001 001e 0021", inside)), "ethernet pppoe ipv4 udp ppp"],
  [
    "session, padded",
    ethernet(0x8864, bytes("11 00 0001 0006 c021 0901 0004", new Uint8Array(30))),
    "ethernet pppoe ppp",
  ],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
