/** Streams of frames, files and rubbish from many connections at once: no fault, nobody else harmed. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { encodeFrame } from "../protocol/frame.ts";
import { headerNames } from "../protocol/header.ts";
import * as messages from "../protocol/messages.ts";
import { startTestServer, TestClient } from "./session/test-client.test-support.ts";

const payload = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.constantFrom(
    "yes",
    "no",
    "disconnect",
    "bob:hi",
    ":",
    "file_to_server:a.txt",
    "file_to:bob:../b",
    "file_to:",
    "a b c",
    "\0",
  ),
);
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...headerNames, "hello"), payload).map(([h, p]) => encodeFrame(h, p)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(Buffer.from("EOF"), Buffer.from("dataEOF"), Buffer.from([0, 3])) },
);
const stream = fc.record({
  login: fc.boolean(),
  pieces: fc.array(piece, { maxLength: 20 }),
  abrupt: fc.boolean(),
});

test("300 connections of any bytes", async () => {
  const running = await startTestServer({ isQuick: true });
  const ann = await TestClient.registered(running.port, "ann");
  const streams = fc.sample(stream, { seed: 7, numRuns: 300 });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < streams.length; index = next++) {
      const { login, pieces, abrupt } = streams[index]!;
      const client = login
        ? await TestClient.registered(running.port, `user${index}`)
        : await TestClient.connect(running.port);
      for (const bytes of pieces) client.raw(bytes);
      await Bun.sleep(2);
      if (abrupt) client.terminate();
      else client.end();
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  const bob = await TestClient.registered(running.port, "the real bob");
  ann.send("msg", "still here");
  for (let heard = ""; heard !== `${messages.groupPrefix("ann")}still here\n`;) [, heard] = await bob.frame();
  const deadline = Date.now() + 5_000;
  while (running.server.connectionCount > 2 && Date.now() < deadline) await Bun.sleep(20);
  expect(running.server.connectionCount).toBe(2);
  expect(running.faults).toEqual([]);
  await running.stop();
}, 30_000);
