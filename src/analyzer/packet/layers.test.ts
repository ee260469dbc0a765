import { expect, test } from "bun:test";
import { layerBit, layerNames } from "./layers.ts";
import { protocolId, protocolNames } from "./protocols.ts";

test("bits and numbers stand in the order of the names", () => {
  expect(layerNames.map((name): number => layerBit[name])).toEqual(layerNames.map((_, i) => 1 << i));
  expect(protocolNames.map((name): number => protocolId[name])).toEqual(protocolNames.map((_, i) => i));
});
