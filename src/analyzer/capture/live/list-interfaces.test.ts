import { expect, test } from "bun:test";
import { networkInterfaces } from "node:os";
import { listInterfaces } from "./list-interfaces.ts";

test.each([true, false])("the interfaces with their addresses (libpcap: %p)", (mayUseLibpcap) => {
  const list = listInterfaces(process.platform, mayUseLibpcap);
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    const found = list.find((one) => one.name === name);
    expect(found).toBeDefined();
    expect(found?.addresses).toEqual(addresses!.map(({ cidr, address }) => cidr ?? address));
    expect(found?.state).toBe("up");
  }
  expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
  if (process.platform === "linux") expect(list.find(({ name }) => name === "lo")?.linkType).toBe("ethernet");
});

test("devices that are no network interface have no state", () => {
  for (const { name, state } of listInterfaces(process.platform, true))
    if (name === "nflog" || name === "any") expect(state).not.toBe("down");
});

test("the addresses that libpcap gives are the system's", () => {
  const list = listInterfaces(process.platform, true, {});
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    const found = list.find((one) => one.name === name)?.addresses ?? [];
    if (found.length > 0)
      expect(found.toSorted()).toEqual(addresses!.map(({ address }) => address).toSorted());
  }
});
