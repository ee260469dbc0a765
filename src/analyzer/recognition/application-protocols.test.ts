import { expect, test } from "bun:test";
import { protocolNames } from "../packet/protocols.ts";
import { application } from "./application-protocols.ts";

test("each name occurs once, and all numbers fit a byte", () => {
  expect(new Set(protocolNames).size).toBe(protocolNames.length);
  expect(protocolNames.length).toBeLessThan(256);
});

test("each application has the number of its name, and none that decoding gives by itself", () => {
  for (const [name, id] of Object.entries(application))
    expect<string>(protocolNames[id]).toBe(name === "none" ? "other" : name);
  expect(Object.keys(application)).not.toContain("tcp");
});
