import { afterEach, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { PasswordThreads } from "./password-threads.ts";

const threads = new PasswordThreads();
const cheap = { algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 } as const;
afterEach(() => threads.end());

/** As `proc(5)` has it. @returns undefined where the thread has ended meanwhile */
function nicenessOf(thread: number | string): number | undefined {
  if (!existsSync(`/proc/self/task/${thread}/stat`)) return undefined;
  const stat = readFileSync(`/proc/self/task/${thread}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
}

describe("threads that hash passwords", () => {
  test("make and verify the same hashes as elsewhere", async () => {
    const hash = await threads.hash("right", cheap);
    expect(hash).toStartWith("$argon2id$v=19$m=1024,t=1,p=1$");
    expect(await Bun.password.verify("right", hash)).toBe(true);
    expect([await threads.verify("right", hash), await threads.verify("wrong", hash)]).toEqual([true, false]);
  });

  test("are as many as hashes are made at once, and stay", async () => {
    expect(threads.size).toBe(0);
    await threads.hash("one", cheap);
    await threads.hash("two", cheap);
    expect(threads.size).toBe(1);
    await Promise.all(["a", "b"].map((password) => threads.hash(password, cheap)));
    expect(threads.size).toBe(2);
    await Promise.all(["c", "d"].map((password) => threads.hash(password, cheap)));
    expect(threads.size).toBe(2);
  });

  test("tell what is no hash, and go on", async () => {
    expect(await threads.verify("x", "no hash").catch(() => "refused")).toBe("refused");
    expect(await threads.verify("right", await Bun.password.hash("right"))).toBe(true);
  });

  test("after their end what was being made fails, and there is a new one for the next", async () => {
    const waiting = threads.hash("x", cheap).catch((error: Error) => error.message);
    await Promise.resolve();
    threads.end();
    expect(await waiting).toBe("no password is hashed any more");
    expect(await threads.verify("right", await Bun.password.hash("right"))).toBe(true);
  });

  test.if(process.platform === "linux")("let the others of the process go first", async () => {
    await threads.hash("x", cheap);
    const own = nicenessOf(process.pid)!;
    expect(readdirSync("/proc/self/task").map(nicenessOf)).toContain(Math.min(19, own + 10));
  });
});
