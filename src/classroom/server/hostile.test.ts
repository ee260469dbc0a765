/** What one person sends on purpose to hurt the class: the others go on as if nothing were. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import * as messages from "../protocol/messages.ts";
import { PeerClient } from "./peer/peer-client.test-support.ts";
import type { Peer } from "./peer/peer.ts";
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

describe("names as long as they may be", () => {
  test("of rooms: a list has as many as a frame has room for", async () => {
    const ann = await PeerClient.registered(running.port, "ann");
    const { rooms } = running.server.classroom;
    for (let i = 0; i < 1_000; i++) rooms.open(longName(i), true, undefined);
    ann.send("rooms", { ask: 7 });
    const { rooms: listed } = (await ann.expect("rooms")) as { rooms: unknown[] };
    expect(listed.length).toBeGreaterThan(300);
  });

  test("of people: everybody comes in all the same", async () => {
    const ann = await PeerClient.registered(running.port, "ann");
    const { peers } = running.server.classroom.rooms.main;
    for (let i = 1; i < 1_000; i++) peers.add({ name: longName(i) } as Peer);
    const { members, memberCount } = await ann.join();
    expect(memberCount).toBe(1_000);
    expect(members.length).toBeGreaterThan(500);
  });
});

describe("rooms", () => {
  test("one student does not make all that there may be", async () => {
    const eve = await PeerClient.registered(running.port, "eve");
    for (let i = 0; i < 100; i++) expect(await enterAndLeave(eve, `kept ${i}`)).toBe("done");
    expect(await enterAndLeave(eve, "one more")).toBe("limit");
    expect(await enterAndLeave(eve, "kept 1")).toBe("done");
    const ann = await PeerClient.registered(running.port, "ann");
    expect(await enterAndLeave(ann, "of ann")).toBe("done");
  });

  test("one that keeps nothing and is gone does not count", async () => {
    const eve = await PeerClient.registered(running.port, "eve");
    for (let i = 0; i < 101; i++) expect(await enterAndLeave(eve, `fast ${i}`, false)).toBe("done");
    expect(running.server.classroom.rooms.size).toBe(1);
  });

  test("who is in too many makes no other by trying to come in", async () => {
    const eve = await PeerClient.registered(running.port, "eve");
    for (let i = 1; i < 64; i++) await eve.join(`room ${i}`, { keep: false });
    expect(await enterAndLeave(eve, "one more", false)).toBe("limit");
    expect(running.server.classroom.rooms.size).toBe(64);
  });
});

function longName(number: number): string {
  return `${number} ${"字".repeat(28)}`;
}

/** Comes into a room and leaves it. @returns the code of what was refused */
async function enterAndLeave(peer: PeerClient, room: string, keep = true): Promise<string> {
  peer.send("join", { ask: peer.ask++, room, keep });
  for (;;) {
    const { header, content } = await peer.next();
    if (header === "joined") peer.send("part", { ask: 1, number: (content as { number: number }).number });
    if (header === "error") return (content as { code: string }).code;
    if (header === "part") return "done";
  }
}
