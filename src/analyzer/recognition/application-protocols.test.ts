import { expect, test } from "bun:test";
import { protocolNames as decodedNames } from "../packet/protocols.ts";
import { application, protocolNames } from "./application-protocols.ts";

test("decoding's numbers stay, each name occurs once, and all fit a byte", () => {
  expect(protocolNames.slice(0, decodedNames.length)).toEqual([...decodedNames]);
  expect(new Set(protocolNames).size).toBe(protocolNames.length);
  expect(protocolNames.length).toBeLessThan(256);
});

test("each application has the number of its name", () => {
  for (const [name, id] of Object.entries(application))
    expect<string>(protocolNames[id]!).toBe(name === "none" ? "other" : name);
});
