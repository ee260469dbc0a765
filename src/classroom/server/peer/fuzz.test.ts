/** Whatever a peer sends, before the login or after it: the server stays, and others notice nothing. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "bun:test";
import * as fc from "fast-check";
import { encodeFrame } from "../../protocol/frame.ts";
import { v2HeaderNames } from "../../protocol/v2/header.ts";
import { moderationWords, steerWords } from "../../protocol/v2/teaching-shapes.ts";
import { noLimits } from "../limits.ts";
import { PeerClient } from "./peer-client.test-support.ts";
import { startTestServer, type TestServer } from "../session/test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer({ limits: noLimits, isQuick: true });
});
afterEach(() => running.stop());

const small = fc.integer({ min: 0, max: 5 });
const json = fc.oneof(
  fc.json(),
  fc
    .record(
      {
        tag: fc.integer({ min: 0, max: 400 }),
        ask: small,
        room: fc.constantFrom("main", "x", "", "a:b"),
        number: small,
        transfer: small,
        size: fc.constantFrom(0, 1, 10, 2 ** 50),
        name: fc.constantFrom("ann", "eve", "../x", "a.txt", ""),
        to: fc.constantFrom("ann", "eve", "nobody"),
        offset: small,
        upTo: fc.constantFrom(0, 5, 2 ** 40),
        since: small,
        keep: fc.boolean(),
        before: small,
        count: small,
        id: fc.constantFrom(0, 3, 2 ** 50),
        text: fc.string(),
        code: fc.string(),
        quiz: small,
        answer: fc.string(),
        // The second one is that of nothing.
        sha256: fc.constantFrom("0".repeat(64), createHash("sha256").digest("hex")),
        do: fc.constantFrom(...moderationWords, ...steerWords, "list", "end"),
        push: small,
        collect: small,
        bank: fc.constantFrom("new", "replace"),
        answers: fc.record({ name: fc.string(), text: fc.string() }),
        minutes: small,
        on: fc.boolean(),
        up: fc.boolean(),
        file: fc.constantFrom("sums.gift", "../sums.gift", "", "nowhere"),
        words: fc.constantFrom("paced", "timed 1", "all", "teams all", "lobby", '"'),
        seconds: small,
        seen: fc.record({ phase: fc.constantFrom("lobby", "question", "closed"), number: small }),
        newPassword: fc.string(),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
);
// `bye` would end it, and 50 logins do.
const header = fc.constantFrom(
  ...v2HeaderNames.filter((name) => name !== "bye" && name !== "login"),
  "zzz",
  "",
);
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  json.map((text) => new TextEncoder().encode(text)),
  fc
    .tuple(small, small, fc.string())
    .map(([tag, room, text]) =>
      Buffer.concat([Uint8Array.of(0, 0, 0, tag, 0, 0, 0, room), Buffer.from(text)]),
    ),
);
const frames = fc.array(fc.tuple(header, payload), { minLength: 1, maxLength: 60 });

async function survives(client: PeerClient, sent: [string, Uint8Array][]): Promise<void> {
  client.connection.send(Buffer.concat(sent.map(([header, payload]) => encodeFrame(header, payload))));
  client.raw("ping", "still there");
  for (;;) {
    const heard = await client.next();
    if (heard.header === "pong" && heard.content === "still there") return;
  }
}

test("any frames before the login and after it", async () => {
  const watcher = await PeerClient.registered(running.port, "watcher");
  const stranger = await PeerClient.greeted(running.port);
  const member = await PeerClient.registered(running.port, "eve");
  await fc.assert(
    fc.asyncProperty(frames, async (sent) => {
      await survives(member, sent);
      // A stranger may ask for so many names and no more.
      await survives(
        stranger,
        sent.filter(([header]) => header !== "name"),
      );
    }),
    { numRuns: 300 },
  );
  watcher.raw("ping", "x");
  for (;;) if ((await watcher.next()).header === "pong") break;
  expect(running.faults).toEqual([]);
}, 30_000);

test("any frames of a teacher: others may be thrown out, and the server stays", async () => {
  writeFileSync(join(running.folder, "data/banks/sums.gift"), "1+1? {=2 ~3}\n\n2+2? {=4 ~5}\n");
  await PeerClient.registered(running.port, "ann");
  const teacher = await PeerClient.registered(running.port, "tess", { capabilities: ["teach", "quiz"] });
  teacher.send("redeem", { ask: 1, code: running.server.classroom.ports.codes.issue() });
  const ofTeachers = fc.constantFrom(
    ...(["moderate", "steer", "people", "banks", "hand", "redeem", "join", "say"] as const),
    ...(["offer", "chunk", "end", "cancel", "push", "collect"] as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(ofTeachers, payload), { minLength: 1, maxLength: 40 }), (sent) =>
      survives(teacher, sent),
    ),
    { numRuns: 300 },
  );
  expect(running.faults).toEqual([]);
  expect(running.server.classroom.ports.accounts.teacherCount).toBe(1);
}, 30_000);

test("any bytes behind the hello cost nothing but that connection", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      const client = await PeerClient.greeted(running.port);
      client.connection.send(bytes);
      client.raw("ping", "x");
      client.connection.send(new Uint8Array(300));
      // Bytes that begin a long frame wait for its end, and there is no answer.
      await client.connection.whenEmpty();
      client.connection.close();
      await client.untilClosed();
    }),
    { numRuns: 60 },
  );
  while (running.server.connectionCount > 0) await Bun.sleep(5);
  expect(running.faults).toEqual([]);
}, 30_000);
