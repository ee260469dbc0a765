import { describe, expect, test } from "bun:test";
import { maxPageMessageBytes } from "./limits.ts";
import { PageSocket } from "./page-socket.ts";

class FakeLink {
  readonly remoteAddress = "192.0.2.7";
  sent: number[] = [];
  answers: number[] = [];
  ends: string[] = [];
  send(bytes: Uint8Array): number {
    this.sent.push(bytes.length);
    return this.answers.shift() ?? bytes.length;
  }
  close(code?: number): void {
    this.ends.push(`closed ${code}`);
  }
  terminate(): void {
    this.ends.push("terminated");
  }
}

function open(maxHeldBytes = 10) {
  const link = new FakeLink();
  const socket = new PageSocket(link, false, () => maxHeldBytes);
  const heard: string[] = [];
  socket.deliverTo(
    (bytes) => heard.push(Buffer.from(bytes).toString()),
    () => heard.push("overrun"),
  );
  return { link, socket, heard, come: (text: string) => socket.message(Buffer.from(text)) };
}

describe("writing", () => {
  test("in messages of a bounded length", () => {
    const { link, socket } = open();
    const bytes = new Uint8Array(maxPageMessageBytes * 2 + 5);
    expect(socket.write(bytes, 2, bytes.length - 2)).toBe(bytes.length - 2);
    expect(link.sent).toEqual([maxPageMessageBytes, maxPageMessageBytes, 3]);
  });

  test("what waits is taken, and nothing more before there is room", () => {
    const { link, socket } = open();
    link.answers = [-1];
    expect(socket.write(new Uint8Array(maxPageMessageBytes + 5), 0, maxPageMessageBytes + 5)).toBe(
      maxPageMessageBytes,
    );
    expect(socket.write(new Uint8Array(3), 0, 3)).toBe(0);
    socket.drained();
    expect(socket.write(new Uint8Array(3), 0, 3)).toBe(3);
  });

  test("a closed one says so", () => {
    const { link, socket } = open();
    link.answers = [0];
    expect(socket.write(new Uint8Array(3), 0, 3)).toBe(-1);
  });
});

describe("reading", () => {
  test("what comes while it is paused waits, and comes in order when it is resumed, not within the call", async () => {
    const { socket, heard, come } = open();
    come("a");
    socket.pause();
    come("b");
    come("c");
    expect([heard.join(""), socket.heldBytes]).toEqual(["a", 2]);
    socket.resume();
    expect(heard.join("")).toBe("a");
    await Promise.resolve();
    expect([heard.join(""), socket.heldBytes]).toEqual(["abc", 0]);
  });

  test("a pause within what is heard keeps the rest", async () => {
    const { socket, heard } = open();
    socket.deliverTo(
      (bytes) => {
        heard.push(Buffer.from(bytes).toString());
        socket.pause();
      },
      () => {},
    );
    socket.pause();
    for (const text of ["a", "b"]) socket.message(Buffer.from(text));
    socket.resume();
    await Promise.resolve();
    expect([heard.join(""), socket.heldBytes]).toEqual(["a", 1]);
  });

  test("many small messages, and empty ones, wait in few pieces", async () => {
    const { socket, heard, come } = open(1 << 20);
    socket.pause();
    for (let i = 0; i < 20_000; i++) come("");
    expect(socket.heldPieces).toBe(0);
    const letters = Array.from({ length: 20_000 }, (_, index) => String.fromCharCode(97 + (index % 26)));
    letters.forEach(come);
    come("x".repeat(5_000));
    expect(socket.heldBytes).toBe(25_000);
    expect(socket.heldPieces).toBeLessThan(75);
    socket.resume();
    await Promise.resolve();
    expect(heard.join("")).toBe(letters.join("") + "x".repeat(5_000));
  });

  test("more than may wait is an overrun, and ends it", () => {
    const { socket, link, heard, come } = open(2);
    socket.pause();
    come("ab");
    expect(heard).toEqual([]);
    come("c");
    expect([heard, link.ends, socket.heldBytes]).toEqual([["overrun"], ["terminated"], 0]);
  });
});

test("an end in order is a closure that the other side is told", () => {
  const { socket, link } = open();
  socket.end();
  expect([link.ends, socket.remoteAddress]).toEqual([["closed 1000"], "192.0.2.7"]);
});
