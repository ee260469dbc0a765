/** Queues, rooms and the tick together, against a model in which each reader is one string of what is due to it. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { encodeFrame } from "../protocol/frame.ts";
import { Fanout } from "./fanout.ts";
import { FakeWriter } from "./fake-writer.test-support.ts";
import { SendQueue } from "./send-queue.ts";
import { WriteTick } from "./write-tick.ts";

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const frameOf = (text: string) => encodeFrame("msg", text);

/** One reader: the real queue, and what the model says is due to it. */
class Reader {
  readonly writer = new FakeWriter();
  readonly queue: SendQueue;
  due = "";
  held = "";
  inFile = false;
  inRoom = false;
  overflows = 0;

  constructor(tick: WriteTick, maxBytes?: number) {
    this.queue = new SendQueue(this.writer, tick, maxBytes);
    this.queue.onOverflow = () => this.overflows++;
  }

  /** A frame is due: behind the raw file where one runs. */
  expect(frame: Uint8Array): void {
    if (this.inFile) this.held += latin1(frame);
    else this.due += latin1(frame);
  }
}

interface Bench {
  tick: WriteTick;
  room: Fanout;
  readers: Reader[];
  /** Ends the tick, if anything was scheduled. */
  endTick: () => void;
  /** The time for which news wait is over. */
  tellNews: () => void;
}

function bench(count: number, maxBytes?: number): Bench {
  let scheduled: (() => void)[] = [];
  let news: (() => void)[] = [];
  const tick = new WriteTick(
    (run) => scheduled.push(run),
    (run) => news.push(run),
  );
  const room = new Fanout(tick);
  return {
    tick,
    room,
    readers: Array.from({ length: count }, () => new Reader(tick, maxBytes)),
    endTick: () => {
      const due = scheduled;
      scheduled = [];
      for (const run of due) run();
    },
    tellNews: () => {
      const due = news;
      news = [];
      for (const run of due) run();
    },
  };
}

const operations = [
  "join",
  "leave",
  "room",
  "room-except",
  "news",
  "news-time",
  "line",
  "private",
  "begin",
  "raw",
  "end",
  "tick",
  "fill",
  "drain",
] as const;
type Operation = (typeof operations)[number];

function apply(
  { room, readers, endTick, tellNews }: Bench,
  operation: Operation,
  which: number,
  size: number,
  count: number,
): void {
  const reader = readers[which]!;
  const { queue, writer } = reader;
  const frame = frameOf(`${count}:${"x".repeat(size)}`);
  const others = (except?: Reader): Reader[] => readers.filter((each) => each.inRoom && each !== except);
  switch (operation) {
    case "join":
      if (!reader.inRoom) room.join(queue);
      reader.inRoom = true;
      return;
    case "leave":
      room.leave(queue);
      reader.inRoom = false;
      return;
    case "room":
      room.send(frame);
      for (const each of others()) each.expect(frame);
      return;
    case "room-except":
      room.send(frame, queue);
      for (const each of others(reader)) each.expect(frame);
      return;
    case "news":
      room.sendNews(frame, queue);
      for (const each of others(reader)) each.expect(frame);
      return;
    case "news-time":
      return tellNews();
    case "line": {
      const payload = Buffer.from(`..${count}:${"y".repeat(size)}..`);
      room.sendLine(Buffer.from("msg"), Buffer.from("A: "), payload, 2, payload.length - 2, queue);
      const line = frameOf(`A: ${count}:${"y".repeat(size)}\n`);
      for (const each of others(reader)) each.expect(line);
      return;
    }
    case "private":
      queue.send(frame);
      reader.expect(frame);
      return;
    case "begin":
      if (reader.inFile) return;
      queue.beginFile();
      reader.inFile = true;
      return;
    case "raw": {
      if (!reader.inFile) return;
      const raw = Buffer.from(`<raw ${count} ${"z".repeat(size)}>`);
      queue.sendRaw(raw);
      reader.due += latin1(raw);
      return;
    }
    case "end":
      if (!reader.inFile) return;
      queue.endFile();
      reader.inFile = false;
      reader.due += reader.held;
      reader.held = "";
      return;
    case "tick":
      return endTick();
    case "fill":
      writer.room = size;
      return;
    case "drain":
      writer.drain(size);
      queue.drained();
      return;
  }
}

const steps = fc.array(
  fc.record({
    operation: fc.constantFrom(...operations),
    which: fc.nat(2),
    size: fc.oneof(fc.nat(12), fc.nat(90), fc.constant(70_000)),
  }),
  { maxLength: 60 },
);

describe("any interleaving of everything", () => {
  test("each reader gets exactly its frames, whole and in order, none inside a raw file", () => {
    fc.assert(
      fc.property(steps, (script) => {
        const all = bench(3);
        for (const [count, { operation, which, size }] of script.entries()) {
          apply(all, operation, which, size, count);
          for (const reader of all.readers) expect(reader.due.startsWith(reader.writer.text)).toBe(true);
        }
        for (const reader of all.readers) {
          if (reader.inFile) reader.queue.endFile();
          reader.due += reader.held;
          reader.writer.drain(Number.POSITIVE_INFINITY);
          reader.queue.drained();
        }
        all.tellNews();
        all.endTick();
        for (const { writer, due, queue, overflows } of all.readers) {
          expect(writer.text).toBe(due);
          expect(writer.writtenWhileFull).toBe(0);
          expect(queue.queuedBytes).toBe(0);
          expect([overflows, queue.droppedChunks]).toEqual([0, 0]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("one write a tick for each reader that is not blocked", () => {
    fc.assert(
      fc.property(steps, (script) => {
        const all = bench(3);
        const before = all.readers.map(() => 0);
        for (const [count, { operation, which, size }] of script.entries()) {
          if (operation === "fill" || operation === "drain") continue;
          apply(all, operation, which, Math.min(size, 90), count);
          for (const [index, { writer }] of all.readers.entries()) {
            expect(writer.writes - before[index]!).toBeLessThanOrEqual(
              operation === "tick" || operation === "news-time" ? 1 : 0,
            );
            before[index] = writer.writes;
          }
        }
      }),
    );
  });

  test("a reader whose socket is closed gets no more, and the others all of theirs", () => {
    fc.assert(
      fc.property(steps, fc.nat(59), (script, closedAt) => {
        const all = bench(3);
        for (const [count, { operation, which, size }] of script.entries()) {
          if (count === closedAt) all.readers[0]!.writer.room = -1;
          if (which === 0 && count >= closedAt && operation === "fill") continue;
          apply(all, operation, which, size, count);
        }
        for (const reader of all.readers) {
          if (reader.inFile) reader.queue.endFile();
          reader.due += reader.held;
          reader.writer.drain(Number.POSITIVE_INFINITY);
          reader.queue.drained();
        }
        all.tellNews();
        all.endTick();
        const closed = all.readers[0]!;
        const others = all.readers.slice(1);
        expect(closed.due.startsWith(closed.writer.text)).toBe(true);
        for (const { writer, due } of others) expect(writer.text).toBe(due);
      }),
    );
  });
});

describe("a room's news", () => {
  test("wait for their time or for the next frame, and are written once, in order", () => {
    const { room, readers, endTick, tellNews } = bench(2);
    for (const { queue } of readers) room.join(queue);
    const texts = (): string[] => readers.map(({ writer }) => writer.text);
    const [come, gone, said] = [frameOf("come"), frameOf("gone"), frameOf("said")];
    room.sendNews(come, readers[0]!.queue);
    room.sendNews(gone);
    endTick();
    expect(texts()).toEqual(["", ""]);
    tellNews();
    const first = [latin1(gone), latin1(come) + latin1(gone)];
    expect(texts()).toEqual(first);
    room.sendNews(come);
    room.send(said);
    endTick();
    const both = latin1(come) + latin1(said);
    expect(texts()).toEqual(first.map((text) => text + both));
    tellNews();
    expect(readers.map(({ writer }) => writer.writes)).toEqual([2, 2]);
  });
});

describe("a room's log", () => {
  test("is written out within the tick when it is long, and nothing is lost or echoed", () => {
    const { room, readers, endTick } = bench(3);
    for (const { queue } of readers) room.join(queue);
    let due = "";
    for (let i = 0; i < 5; i++) {
      const frame = frameOf(`${i}${"x".repeat(600_000)}`);
      room.send(frame, readers[0]!.queue);
      due += latin1(frame);
    }
    endTick();
    expect(readers.map(({ writer }) => writer.text)).toEqual(["", due, due]);
  });

  test("what was due at the time of leaving is written, though nothing else happens in that tick", () => {
    const { room, readers, endTick } = bench(2);
    const ann = readers[0]!;
    const bob = readers[1]!;
    room.join(ann.queue);
    room.join(bob.queue);
    room.send(frameOf("bye"));
    room.leave(ann.queue);
    room.leave(bob.queue);
    endTick();
    expect(ann.writer.text).toBe(latin1(frameOf("bye")));
    expect(bob.writer.text).toBe(ann.writer.text);
  });

  test("is not kept alive by a reader that is due a little of it", () => {
    const { room, readers, endTick } = bench(2);
    const slow = readers[0]!;
    slow.writer.room = 0;
    for (const { queue } of readers) room.join(queue);
    const kept = spyOnBuffers(slow);
    for (let i = 0; i < 50; i++) {
      room.send(frameOf("x".repeat(500_000)), slow.queue);
      room.send(frameOf("y"));
      endTick();
    }
    expect(slow.queue.queuedBytes).toBe(50 * frameOf("y").length);
    slow.writer.drain(Number.POSITIVE_INFINITY);
    slow.queue.drained();
    expect(kept()).toBeLessThanOrEqual(2 * 50 * frameOf("y").length);
    expect(slow.writer.text).toBe(latin1(frameOf("y")).repeat(50));
  });
});

/** Bytes of the distinct buffers that stand behind what a reader is given to write. */
function spyOnBuffers({ writer }: Reader): () => number {
  const buffers = new Set<ArrayBufferLike>();
  const write = writer.write.bind(writer);
  writer.write = (bytes, start, length) => {
    // The first attempt of all is made straight out of the log.
    if (writer.room > 0) buffers.add(bytes.buffer);
    return write(bytes, start, length);
  };
  return () => [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

describe("a reader that is too slow", () => {
  const maxBytes = 1_000;

  test("is told of once; later frames are counted, and what waited before is still written", () => {
    const { room, readers, endTick } = bench(1, maxBytes);
    const slow = readers[0]!;
    slow.writer.room = 0;
    room.join(slow.queue);
    let due = "";
    for (let i = 0; i < 30; i++) {
      const frame = frameOf(String(i).padStart(91));
      if (i < 10) due += latin1(frame);
      if (i % 2 === 0) room.send(frame);
      else slow.queue.send(frame);
      endTick();
      expect(slow.queue.queuedBytes).toBeLessThanOrEqual(maxBytes);
    }
    expect([slow.overflows, slow.queue.droppedChunks]).toEqual([1, 20]);
    slow.writer.drain(Number.POSITIVE_INFINITY);
    slow.queue.drained();
    expect(slow.writer.text).toBe(due);
    expect(slow.queue.queuedBytes).toBe(0);
  });

  test("is given one frame that alone is over the bound", () => {
    const { readers, endTick } = bench(1, maxBytes);
    readers[0]!.queue.send(frameOf("x".repeat(5_000)));
    endTick();
    expect([readers[0]!.overflows, readers[0]!.writer.text.length]).toEqual([0, 5_009]);
  });

  test("frames held back by a raw file are bounded too", () => {
    const { readers } = bench(1, maxBytes);
    const { queue } = readers[0]!;
    queue.beginFile();
    for (let i = 0; i < 30; i++) queue.send(frameOf("x".repeat(91)));
    expect([readers[0]!.overflows, queue.queuedBytes, queue.unwrittenBytes]).toEqual([1, 1_000, 0]);
  });

  test("closing forgets what waited, and counts what comes", () => {
    const { readers, endTick } = bench(1);
    const { queue, writer } = readers[0]!;
    queue.send(frameOf("x"));
    queue.close();
    queue.send(frameOf("y"));
    queue.sendRaw(Buffer.from("z"));
    endTick();
    expect([queue.queuedBytes, queue.droppedChunks, writer.writes]).toEqual([0, 1, 0]);
  });
});

describe("replaceAll", () => {
  test("leaves whole frames and the last one, wherever the write before stopped", () => {
    const frames = ["one", "", "three", "x".repeat(40)].map(frameOf);
    const whole = latin1(Buffer.concat(frames));
    for (const shared of [true, false])
      for (let taken = 0; taken <= whole.length; taken++) {
        const { room, readers, endTick } = bench(1);
        const { queue, writer } = readers[0]!;
        room.join(queue);
        writer.room = taken;
        for (const frame of frames)
          if (shared) room.send(frame);
          else queue.send(frame);
        endTick();
        queue.send(frameOf("dropped"));
        expect(queue.replaceAll(frameOf("last"))).toBe(true);
        writer.drain(Number.POSITIVE_INFINITY);
        queue.drained();
        endTick();
        const begun = frames.filter((_, i) => Buffer.concat(frames.slice(0, i)).length < taken);
        expect(writer.text).toBe(latin1(Buffer.concat([...begun, frameOf("last")])));
        expect(queue.queuedBytes).toBe(0);
      }
  });

  test("cannot be had while a raw file runs, nor when closed", () => {
    const { readers } = bench(1);
    const { queue } = readers[0]!;
    queue.beginFile();
    expect(queue.replaceAll(frameOf("last"))).toBe(false);
    queue.endFile();
    queue.close();
    expect(queue.replaceAll(frameOf("last"))).toBe(false);
  });
});

test("told when the last byte is taken, also at the end of a file of nothing", () => {
  const { room, readers, endTick } = bench(1);
  const { queue, writer } = readers[0]!;
  let told = 0;
  queue.onEmpty = () => told++;
  room.join(queue);
  room.send(frameOf("x"));
  endTick();
  expect(told).toBe(1);
  writer.room = 3;
  queue.send(frameOf("y"));
  endTick();
  expect(told).toBe(1);
  writer.drain(100);
  queue.drained();
  expect(told).toBe(2);
  queue.beginFile();
  queue.endFile();
  expect(told).toBe(3);
});

const frame = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a reader in two rooms gets both, and what is sent to it alone behind what came before", () => {
  const { tick, room, readers, endTick } = bench(2);
  const other = new Fanout(tick);
  const [both, one] = readers as [Reader, Reader];
  room.join(both.queue);
  room.join(both.queue);
  other.join(both.queue);
  room.join(one.queue);
  room.send(frame("a1"));
  other.send(frame("b1"));
  both.queue.send(frame("own"));
  other.send(frame("b2"), both.queue);
  room.sendParts(frame("h"), frame("pre"), frame("-text-"), 1, 5);
  endTick();
  const parts = "\x00\x01h\x00\x00\x00\x07pretext";
  expect(both.writer.text).toBe(`a1b1own${parts}`);
  expect(one.writer.text).toBe(`a1${parts}`);
  other.leave(both.queue);
  other.send(frame("gone"));
  room.send(frame("a2"));
  endTick();
  expect([both.writer.text, other.size]).toEqual([`a1b1own${parts}a2`, 0]);
});
