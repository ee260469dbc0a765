import { expect, test } from "bun:test";
import { bytes, u32 } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, layersOf, tcp, udpTo } from "./packet-builder.test-support.ts";

const quoted = ethernet(0x0800, ipv4(6, tcp()));
const over = (payload: Uint8Array) => ethernet(0x0800, ipv4(17, udpTo(6343, payload)));

/** A report with one sample of `numbers` bytes of numbers and one quoted header, padded to 4. */
function report(kind: Uint8Array, numbers: number) {
  const header = bytes(u32(1), u32(1500), u32(4), u32(quoted.length), quoted, "0000");
  const record = bytes(u32(1), u32(header.length), header);
  const sample = bytes(kind, u32(numbers + record.length), new Uint8Array(numbers), record);
  return bytes(u32(5), u32(1), "0a000001", new Uint8Array(12), u32(1), sample);
}

test.each<[string, Uint8Array, string]>([
  ["a sample", over(report(u32(1), 32)), "ethernet ipv4 tcp udp"],
  ["an expanded sample", over(report(u32(3), 44)), "ethernet ipv4 tcp udp"],
  ["counters", over(report(u32(2), 32)), "ethernet ipv4 udp"],
  ["version 4", over(report(u32(1), 32).with(3, 4)), "ethernet ipv4 udp"],
])("%s", (_name, packet, layers) => {
  expect(layersOf(packet)).toBe(layers);
});
