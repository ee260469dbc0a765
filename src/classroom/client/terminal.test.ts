import { describe, expect, test } from "bun:test";
import { PassThrough } from "node:stream";
import { LineMailbox, whenDrained } from "./terminal.ts";

describe("lines and their only waiter", () => {
  test("lines wait for a waiter, and a waiter for lines", async () => {
    const mailbox = new LineMailbox();
    mailbox.push("a");
    expect(mailbox.waitingLines).toBe(1);
    expect(await mailbox.next()).toEqual({ kind: "line", text: "a" });
    const next = mailbox.next();
    expect(mailbox.isAwaited).toBe(true);
    mailbox.push("b");
    expect(await next).toEqual({ kind: "line", text: "b" });
    expect(mailbox.isAwaited).toBe(false);
  });

  test("a new waiter takes the place of the one before", async () => {
    const mailbox = new LineMailbox();
    const first = mailbox.next();
    const second = mailbox.next();
    mailbox.push("a");
    expect(await first).toEqual({ kind: "cancelled" });
    expect(await second).toEqual({ kind: "line", text: "a" });
  });

  test("the end comes behind the last line, and stays", async () => {
    const mailbox = new LineMailbox();
    mailbox.push("a");
    mailbox.end();
    expect((await mailbox.next()).kind).toBe("line");
    expect((await mailbox.next()).kind).toBe("end");
    expect((await mailbox.next()).kind).toBe("end");
  });

  test("to cancel nothing does nothing", async () => {
    const mailbox = new LineMailbox();
    mailbox.cancel();
    mailbox.push("a");
    expect((await mailbox.next()).kind).toBe("line");
  });
});

test("output that nobody reads is waited for, until it is read or gone", async () => {
  const output = new PassThrough({ highWaterMark: 10 });
  expect(whenDrained(output, 5)).toBeUndefined();
  output.write("x".repeat(20));
  output.write("x".repeat(20));
  const drained = whenDrained(output, 5);
  expect(drained).toBeInstanceOf(Promise);
  output.resume();
  await drained;
});
