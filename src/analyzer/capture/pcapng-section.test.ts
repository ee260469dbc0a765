import { expect, test } from "bun:test";
import { maxInterfaces } from "../limits.ts";
import { bytes, u32 } from "./bytes-builder.test-support.ts";
import { pcapngBlocks } from "./capture-builder.test-support.ts";
import { addInterface, addStatistics, createSection, lostPackets } from "./pcapng-section.ts";

const ng = pcapngBlocks();

function viewOf(block: Uint8Array): DataView {
  return new DataView(block.buffer, block.byteOffset, block.length);
}

test("an interface with its resolution and offset", () => {
  const section = createSection(true);
  const block = ng.interface(113, 96, ng.option(9, bytes([9])), ng.option(14, bytes("0a00000000000000")));
  addInterface(section, viewOf(block), 0, block.length);
  expect(section.interfaces[0]).toMatchObject({
    linkType: 113,
    snapLength: 96,
    time: { unitsPerSecond: 1e9, offsetSeconds: 10 },
  });
});

test("options that are cut or too short for their kind are passed over", () => {
  const section = createSection(true);
  for (const option of [
    ng.option(9, bytes("")),
    ng.option(14, bytes("0a")),
    bytes("0900ffff"),
    bytes("0900"),
  ]) {
    const block = ng.interface(1, 0, option);
    addInterface(section, viewOf(block), 0, block.length);
  }
  expect(section.interfaces.map(({ time }) => time.unitsPerSecond)).toEqual([1e6, 1e6, 1e6, 1e6]);
});

test("the last statistics of an interface count, those of unknown interfaces do not", () => {
  const section = createSection(true);
  const described = ng.interface();
  addInterface(section, viewOf(described), 0, described.length);
  for (const [id, lost] of [
    [0, 2],
    [0, 9],
    [4, 100],
  ] as const) {
    const block = ng.statistics(id, ng.option(7, bytes(u32(lost, true), u32(0))));
    addStatistics(section, viewOf(block), 0, block.length);
  }
  expect(lostPackets(section)).toBe(9);
});

test("a million interfaces stop at the limit", () => {
  const section = createSection(true);
  const block = ng.interface();
  for (let i = 0; i < 1_000_000; i++) addInterface(section, viewOf(block), 0, block.length);
  expect(section.interfaces).toHaveLength(maxInterfaces);
  expect(section.refusedInterfaces).toBe(1_000_000 - maxInterfaces);
});
