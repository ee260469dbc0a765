/** A raw file, write by write, to a socket that is none. */
import { afterEach, beforeEach, describe, expect, jest, test } from "bun:test";
import { encodeFrame } from "../protocol/frame.ts";
import { rawPauseMs, rawTailBytes } from "../protocol/limits.ts";
import type { RawSource } from "../protocol/raw-file.ts";
import { Connection } from "./connection.ts";
import { FakeSocket } from "./fake-socket.test-support.ts";
import { rawStallMs } from "./limits.ts";
import { sendRawFile, type RawOutcome } from "./raw-sender.ts";
import { WriteTick } from "./write-tick.ts";

const announcement = encodeFrame("file_transfer", "file from server:f");
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

/** A file in memory that gives few bytes a read. */
function sourceOf(content: Uint8Array, size = content.length, failsAt = Number.POSITIVE_INFINITY): RawSource {
  let at = 0;
  return {
    size,
    async read(bytes) {
      if (at >= failsAt) throw new Error("the disk is broken");
      const part = content.subarray(at, at + Math.min(bytes, size > 50_000 ? 20_000 : 1_000));
      at += part.length;
      return part;
    },
  };
}

interface Sending {
  socket: FakeSocket;
  connection: Connection;
  /** What was written, and when: `ms: bytes`. */
  writes: { atMs: number; text: string }[];
  progress: number[];
  outcome: RawOutcome | undefined;
  /** Lets so much time pass. */
  pass(this: void, ms: number): Promise<void>;
}

function send(source: RawSource, room = Number.POSITIVE_INFINITY, announcing = announcement): Sending {
  const socket = new FakeSocket();
  socket.writer.room = room;
  let nowMs = 0;
  const events = {
    frame() {},
    fileData() {},
    fileEnd() {},
    violation() {},
    overflow() {},
    closed() {},
  };
  const due: (() => void)[] = [];
  const connection = new Connection(socket, new WriteTick((run) => due.push(run)), events);
  const sending: Sending = {
    socket,
    connection,
    writes: [],
    progress: [],
    outcome: undefined,
    async pass(ms) {
      for (let left = ms; left >= 0; left--) {
        for (let i = 0; i < 40; i++) {
          for (const run of due.splice(0)) run();
          await Promise.resolve();
        }
        if (left === 0) return;
        nowMs++;
        jest.advanceTimersByTime(1);
      }
    },
  };
  const { writer } = socket;
  const write = writer.write.bind(writer);
  writer.write = (bytes, start, length) => {
    const taken = write(bytes, start, length);
    if (taken > 0) sending.writes.push({ atMs: nowMs, text: latin1(bytes.subarray(start, start + taken)) });
    return taken;
  };
  void sendRawFile(connection, announcing, source, (bytes) => sending.progress.push(bytes)).then(
    (outcome) => (sending.outcome = outcome),
  );
  return sending;
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const contentOf = (size: number) => Buffer.from(Array.from({ length: size }, (_, i) => i % 251));

describe("a file", () => {
  test("whose name is not ASCII: a pause behind the name tells how it was counted", async () => {
    const announcing = encodeFrame("file_transfer", "file from server:é");
    const { writes, pass } = send(sourceOf(Buffer.from("x".repeat(600))), undefined, announcing);
    await pass(5 * rawPauseMs);
    expect(writes.map(({ atMs, text }) => [atMs, text.length])).toEqual([
      [0, announcing.length],
      [rawPauseMs, 600 - rawTailBytes],
      [2 * rawPauseMs, rawTailBytes + 3],
    ]);
  });

  for (const size of [0, 1, 511, 512, 513, 1_021, 1_022, 1_023, 1_024, 2_046, 2_047, 100_000])
    test(`of ${size} bytes: all but the tail, a pause, the tail with its mark in one write, a pause`, async () => {
      const content = contentOf(size);
      const sending = send(sourceOf(content));
      await sending.pass(2 * rawPauseMs - 1);
      expect(sending.outcome).toBeUndefined();
      expect(sending.connection.queue.inFile).toBe(true);
      await sending.pass(1);
      expect(sending.outcome).toBe("sent");
      expect(sending.connection.queue.inFile).toBe(false);
      const tail = content.subarray(Math.max(0, size - rawTailBytes));
      const last = sending.writes.at(-1)!;
      expect(last).toEqual({ atMs: rawPauseMs, text: `${latin1(tail)}EOF` });
      const before = sending.writes.slice(0, -1);
      expect(before.every(({ atMs }) => atMs === 0)).toBe(true);
      expect(before.map(({ text }) => text).join("")).toBe(
        latin1(Buffer.concat([announcement, content.subarray(0, size - tail.length)])),
      );
      expect(sending.progress.at(-1)).toBe(size);
    });

  test("frames of others wait until the pause behind the mark is over", async () => {
    const sending = send(sourceOf(contentOf(2_000)));
    const chat = encodeFrame("msg", "chat");
    for (let passed = 0; passed < 2 * rawPauseMs; passed += 20) {
      sending.connection.send(chat);
      await sending.pass(20);
    }
    await sending.pass(1);
    expect(sending.writes.at(-1)).toEqual({ atMs: 2 * rawPauseMs, text: latin1(chat).repeat(10) });
    expect(sending.writes.at(-2)!.text).toEndWith("EOF");
  });

  test("the pause begins only when the system has taken everything", async () => {
    const sending = send(sourceOf(contentOf(2_000)), 1_000);
    await sending.pass(5_000);
    expect(sending.socket.writer.text).toHaveLength(1_000);
    sending.socket.writer.drain(10_000);
    sending.connection.drained();
    await sending.pass(rawPauseMs);
    expect(sending.writes.at(-1)!.atMs).toBe(5_000 + rawPauseMs);
    expect(sending.writes.at(-1)!.text).toHaveLength(rawTailBytes + 3);
  });
});

describe("a file that cannot be read to its end", () => {
  for (const [what, source, begun] of [
    ["shrinks before its tail", sourceOf(contentOf(5_000), 9_000), 5_000],
    ["shrinks within its tail", sourceOf(contentOf(5_000), 5_100), 5_000],
    ["fails before its tail", sourceOf(contentOf(9_000), 9_000, 5_000), 5_000],
    ["fails within its tail", sourceOf(contentOf(9_000), 9_000, 8_488), 8_488],
  ] as const)
    test(`because it ${what}: the mark stands behind what there was, and it is told`, async () => {
      const sending = send(source);
      await sending.pass(2 * rawPauseMs);
      expect(sending.outcome).toBe("failed");
      expect(sending.socket.writer.text).toBe(
        `${latin1(Buffer.concat([announcement, contentOf(begun)]))}EOF`,
      );
      expect(sending.writes.at(-1)!.atMs).toBe(rawPauseMs);
    });
});

describe("a connection", () => {
  test("that goes away ends it at once, and no more is read", async () => {
    const sending = send(sourceOf(contentOf(200_000)), 1_000);
    await sending.pass(10);
    sending.connection.socketClosed();
    await sending.pass(1);
    expect(sending.outcome).toBe("gone");
    expect(sending.socket.writer.text).not.toContain("EOF");
  });

  test("that is closed before the file begins gets nothing of it", async () => {
    const sending = send(sourceOf(contentOf(10)));
    sending.connection.close();
    const { connection } = sending;
    expect(await sendRawFile(connection, announcement, sourceOf(contentOf(10)))).toBe("gone");
  });

  test("that is being closed gets the whole file, for a part of it must not pass for it", async () => {
    const sending = send(sourceOf(contentOf(3_000)));
    sending.connection.close(encodeFrame("info", "bye"));
    await sending.pass(2 * rawPauseMs + 1);
    expect(sending.outcome).toBe("sent");
    expect(sending.socket.writer.text).toBe(
      `${latin1(Buffer.concat([announcement, contentOf(3_000)]))}EOF${latin1(encodeFrame("info", "bye"))}`,
    );
    expect(sending.socket.isEnded).toBe(true);
  });

  test("that takes no byte for long is given up, one that takes some is not", async () => {
    const sending = send(sourceOf(contentOf(3_000)), 0);
    for (let i = 0; i < 3; i++) {
      await sending.pass(1);
      jest.advanceTimersByTime(rawStallMs - 2);
      sending.socket.writer.drain(10);
      sending.connection.drained();
      await sending.pass(1);
      expect(sending.outcome).toBeUndefined();
    }
    for (let i = 0; i < 2; i++) {
      jest.advanceTimersByTime(rawStallMs);
      await sending.pass(1);
    }
    expect(sending.outcome).toBe("stalled");
  });
});
