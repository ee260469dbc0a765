/** What one person sends on purpose to hurt the class: the others go on as if nothing were. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import * as messages from "../protocol/messages.ts";
import { startTestServer, TestClient, type TestServer } from "./session/test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer();
});
afterEach(() => running.stop());

/** Half a megabyte of combining marks on one letter: the composed form of it would take minutes. */
const marks = `a${"\u0301\u0316".repeat(120_000)}`;

describe("text that is dear to compose", () => {
  for (const [what, frames] of [
    [
      "as a name at the login",
      [
        ["info", "yes"],
        ["info", marks],
        ["info", "pw"],
      ],
    ],
    [
      "as a new name",
      [
        ["info", "no"],
        ["info", marks],
      ],
    ],
  ] as const)
    test(what, async () => {
      const eve = await TestClient.connect(running.port);
      await eve.expect("info", messages.greeting);
      for (const [header, payload] of frames) eve.send(header, payload);
      await TestClient.registered(running.port, "ann");
      expect(running.server.classroom.roster.find("ann")?.name).toBe("ann");
    });

  for (const [what, header, payload] of [
    ["as a recipient", "to", `${marks}: hi`],
    ["as a file's name", "file_transfer", `file_to_server:${marks}`],
    ["as the recipient of a file", "file_transfer", `file_to:${marks}:a.txt`],
  ] as const)
    test(what, async () => {
      const eve = await TestClient.registered(running.port, "eve");
      eve.send(header, payload);
      await TestClient.registered(running.port, "ann");
      expect(running.server.classroom.roster.find("ann")?.name).toBe("ann");
    });
});
