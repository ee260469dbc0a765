import { expect, test } from "bun:test";
import { protocolId, protocolNames } from "./protocols.ts";

test("numbers stand in the order of the names", () => {
  expect(protocolNames.map((name): number => protocolId[name])).toEqual(protocolNames.map((_, i) => i));
});
