import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { HostNames } from "./host-names.ts";

const address = new Uint32Array([0, 0, 0, 0x0a000001]);

test("each name of an address once, up to eight", () => {
  const names = new HostNames();
  for (let i = 0; i < 20; i++) names.addBytes(bytes("0a000001"), `name${i % 10}`);
  expect(names.get(4, address, 0)).toHaveLength(8);
  names.addBytes(bytes("20010db8000000000000000000000001"), "six");
  expect(names.get(6, new Uint32Array([0x20010db8, 0, 0, 1]), 0)).toEqual(["six"]);
});

test("when there are too many, those learnt first are forgotten and counted", () => {
  const names = new HostNames(2);
  for (const last of ["01", "02", "03"]) names.addBytes(bytes(`0a0000${last}`), last);
  expect(names.get(4, address, 0)).toEqual([]);
  expect(names.evicted).toBe(1);
});
