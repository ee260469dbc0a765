/** What a connection does with time and with its socket, without a network; `sockets.test.ts` has the real ones. */
import { afterEach, beforeEach, describe, expect, jest, test } from "bun:test";
import { encodeFrame } from "../protocol/frame.ts";
import { headerCode } from "../protocol/header.ts";
import { countSilenceMs, fileEndSilenceMs } from "../protocol/limits.ts";
import { Connection } from "./connection.ts";
import { FakeSocket } from "./fake-socket.test-support.ts";
import { maxHeldBytes } from "./limits.ts";
import { WriteTick } from "./write-tick.ts";

const lingerMs = 1_000;
const frame = (text: string) => encodeFrame("msg", text);
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

interface Bench {
  socket: FakeSocket;
  connection: Connection;
  /** What was told, in order. */
  told: string[];
  /** Called within each frame. */
  onFrame: (payload: string) => void;
  endTick(this: void): Promise<void>;
}

function bench(maxQueuedBytes = 1_000): Bench {
  let due: (() => void)[] = [];
  const tick = new WriteTick((run) => due.push(run));
  const socket = new FakeSocket();
  const told: string[] = [];
  let content = "";
  const connection: Connection = new Connection(
    socket,
    tick,
    {
      frame(header, bytes, start, end) {
        const payload = latin1(bytes.subarray(start, end));
        told.push(payload);
        if (header === headerCode.file_transfer) connection.decoder.expectFile();
        made.onFrame(payload);
      },
      fileData: (bytes, start, end) => void (content += latin1(bytes.subarray(start, end))),
      fileEnd: () => void told.push(`file of ${content}`),
      violation: () => void told.push("violation"),
      overflow: () => void told.push("overflow"),
      closed: () => void told.push("closed"),
    },
    { maxQueuedBytes, lingerMs, slowLingerMs: lingerMs },
  );
  const made: Bench = {
    socket,
    connection,
    told,
    onFrame: () => {},
    async endTick() {
      const runs = due;
      due = [];
      for (const run of runs) run();
      await settle();
    },
  };
  return made;
}

/** Lets microtasks run. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe("reading", () => {
  test("is paused for several reasons until each of them is gone", () => {
    const { connection, socket } = bench();
    connection.pause("disk");
    connection.pause("disk");
    connection.pause("screen");
    connection.resume("disk");
    expect(socket.isPaused).toBe(true);
    connection.resume("nothing");
    expect(socket.isPaused).toBe(true);
    connection.resume("screen");
    expect(socket.isPaused).toBe(false);
  });

  test("on hold nothing is decoded, what comes meanwhile waits, and is heard in order", () => {
    const made = bench();
    const { connection, told } = made;
    made.onFrame = (payload) => {
      if (payload === "hold") connection.hold();
    };
    connection.received(Buffer.concat([frame("hold"), frame("2")]));
    connection.received(frame("3"));
    connection.received(frame("hold").subarray(0, 5));
    expect(told).toEqual(["hold"]);
    connection.release();
    connection.received(Buffer.concat([frame("hold").subarray(5), frame("4")]));
    expect(told).toEqual(["hold", "2", "3", "hold"]);
    connection.release();
    expect(told.at(-1)).toBe("4");
  });

  test("a flood on hold is not read on before little of it is left, however often the hold is renewed", () => {
    const made = bench();
    const { connection, socket, told } = made;
    made.onFrame = () => connection.hold();
    const chunk = Buffer.concat(Array.from({ length: 1_000 }, () => frame("x".repeat(91))));
    connection.received(chunk);
    expect(socket.isPaused).toBe(true);
    for (let released = 1; released < 1_000; released++) {
      connection.release();
      expect(told).toHaveLength(released + 1);
      expect(socket.isPaused).toBe(chunk.length - (released + 1) * 100 > maxHeldBytes);
    }
  });

  test("silence ends a file, but not while the peer is not read", () => {
    const { connection, told } = bench();
    connection.received(Buffer.concat([encodeFrame("file_transfer", "f"), Buffer.from("1EOF")]));
    jest.advanceTimersByTime(fileEndSilenceMs - 1);
    connection.pause("disk");
    jest.advanceTimersByTime(10 * fileEndSilenceMs);
    expect(told).toEqual(["f"]);
    connection.resume("disk");
    connection.received(Buffer.from("2EOF"));
    jest.advanceTimersByTime(fileEndSilenceMs - 1);
    expect(told).toEqual(["f"]);
    jest.advanceTimersByTime(1);
    expect(told).toEqual(["f", "file of 1EOF2"]);
  });

  test("silence tells how a peer counts", () => {
    const { connection, told } = bench();
    connection.received(frame("é"));
    expect(told).toEqual([]);
    jest.advanceTimersByTime(countSilenceMs);
    expect(told).toEqual([latin1(Buffer.from("é"))]);
    expect(connection.decoder.counting).toBe("bytes");
  });
});

describe("a peer that goes away", () => {
  test("is heard to its last whole frame, and then told", async () => {
    const { connection, told } = bench();
    connection.received(Buffer.concat([frame("1"), frame("2").subarray(0, 8)]));
    connection.socketClosed();
    await settle();
    expect(told).toEqual(["1", "closed"]);
    expect([connection.isOpen, connection.isGone]).toEqual([false, true]);
  });

  test("while on hold is heard at the release, in as many holds as it takes", async () => {
    const made = bench();
    const { connection, told } = made;
    made.onFrame = () => connection.hold();
    connection.received(Buffer.concat([frame("1"), frame("2"), frame("3")]));
    connection.socketClosed();
    await settle();
    expect(told).toEqual(["1"]);
    connection.release();
    connection.release();
    await settle();
    expect(told).toEqual(["1", "2", "3"]);
    connection.release();
    await settle();
    expect(told).toEqual(["1", "2", "3", "closed"]);
  });

  test("with a mark for its last bytes has sent its file", async () => {
    const { connection, told } = bench();
    connection.received(Buffer.concat([encodeFrame("file_transfer", "f"), Buffer.from("1EOF")]));
    connection.socketClosed();
    await settle();
    expect(told).toEqual(["f", "file of 1", "closed"]);
  });

  test("keeps nobody waiting for it to read", async () => {
    const { connection, socket, endTick } = bench();
    socket.writer.room = 1;
    connection.send(frame("x"));
    await endTick();
    let isEmpty = false;
    const empty = connection.whenEmpty().then(() => (isEmpty = true));
    await settle();
    expect(isEmpty).toBe(false);
    connection.socketClosed();
    await empty;
  });

  test("is told once", async () => {
    const { connection, told } = bench();
    connection.close();
    connection.socketClosed();
    connection.socketClosed();
    connection.destroy();
    await settle();
    expect(told).toEqual(["closed"]);
  });
});

describe("closing", () => {
  test("writes what waits, the last frame behind it, and then ends", async () => {
    const { connection, socket, endTick } = bench();
    socket.writer.room = 3;
    connection.send(frame("1"));
    connection.close(frame("last"));
    connection.send(frame("too late"));
    await endTick();
    expect(socket.isEnded).toBe(false);
    socket.writer.drain(100);
    connection.drained();
    await settle();
    expect(socket.writer.text).toBe(latin1(Buffer.concat([frame("1"), frame("last")])));
    expect(socket.isEnded).toBe(true);
  });

  test("ends at once where nothing waits", () => {
    const { connection, socket } = bench();
    connection.close();
    expect(socket.isEnded).toBe(true);
  });

  test("reads on, so that the system does not drop the last frames, and hears nothing of it", () => {
    const { connection, socket, told } = bench();
    connection.pause("disk");
    connection.close();
    expect(socket.isPaused).toBe(false);
    connection.pause("disk");
    expect(socket.isPaused).toBe(false);
    connection.received(frame("x"));
    expect(told).toEqual([]);
  });

  test("a peer that reads nothing is cut off after a while", () => {
    const { connection, socket } = bench();
    socket.writer.room = 0;
    connection.close(frame("last"));
    jest.advanceTimersByTime(lingerMs - 1);
    expect(socket.isTerminated).toBe(false);
    jest.advanceTimersByTime(1);
    expect(socket.isTerminated).toBe(true);
  });

  test("waits for a raw file that runs, and puts the last frame behind it", async () => {
    const { connection, socket, endTick } = bench();
    connection.queue.beginFile();
    connection.close(frame("last"));
    connection.queue.sendRaw(Buffer.from("raw"));
    await endTick();
    expect(socket.isEnded).toBe(false);
    connection.queue.endFile();
    await endTick();
    expect(socket.writer.text).toBe(`raw${latin1(frame("last"))}`);
    expect(socket.isEnded).toBe(true);
  });

  test("within a raw file without a last frame ends behind it", async () => {
    const { connection, socket, endTick } = bench();
    connection.queue.beginFile();
    connection.close();
    await endTick();
    expect(socket.isEnded).toBe(false);
    connection.queue.endFile();
    await settle();
    expect(socket.isEnded).toBe(true);
  });

  test("destroyed while on hold, what waited undecoded is not heard any more", async () => {
    const made = bench();
    const { connection, socket, told } = made;
    made.onFrame = () => connection.hold();
    connection.received(Buffer.concat([frame("1"), frame("2")]));
    connection.destroy();
    expect([socket.isTerminated, connection.isOpen]).toEqual([true, false]);
    connection.socketClosed();
    connection.release();
    await settle();
    expect(told).toEqual(["1", "closed"]);
  });
});

describe("a reader that is too slow", () => {
  const longFrame = frame("x".repeat(400));

  test("is told of once, not from within the send, and can be told why", async () => {
    const { connection, socket, told, endTick } = bench();
    socket.writer.room = 10;
    for (let i = 0; i < 5; i++) connection.send(longFrame);
    expect(told).toEqual([]);
    await endTick();
    expect(told).toEqual(["overflow"]);
    connection.closeSlow(frame("last"));
    socket.writer.drain(10_000);
    connection.drained();
    await settle();
    expect(socket.writer.text).toBe(latin1(Buffer.concat([longFrame, frame("last")])));
    expect(socket.isEnded).toBe(true);
  });

  test("is not told of any more when the connection is gone by then", async () => {
    const { connection, told } = bench();
    for (let i = 0; i < 5; i++) connection.send(longFrame);
    connection.socketClosed();
    await settle();
    expect(told).toEqual(["closed"]);
  });

  test("within a raw file cannot be told why", () => {
    const { connection, socket } = bench();
    connection.queue.beginFile();
    connection.closeSlow(frame("last"));
    expect([socket.isTerminated, socket.writer.text]).toEqual([true, ""]);
  });
});
