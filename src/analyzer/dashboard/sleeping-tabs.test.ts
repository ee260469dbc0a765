/** Pages that follow live through real sockets: those that read, and those that sleep. */
import { expect, test } from "bun:test";
import { liveEveryMs } from "../limits.ts";
import type { LiveCounts } from "../monitor/live-monitor.ts";
import { TestDashboard } from "./dashboard.test-support.ts";

/** A dashboard whose clock runs so fast that every turn is a tick, and whose events are large. */
async function openFast() {
  let [packets, now] = [0, 0];
  const padding = "x".repeat(100_000);
  const counts = (): LiveCounts => {
    const told = { packets: ++packets, bytes: 0, lastTime: null, droppedByKernel: 0, droppedByPcs: 0 };
    return Object.assign(told, { flagged: null, learning: false, live: true, padding });
  };
  const every = (_: number, work: () => void): (() => void) => {
    const timer = setInterval(() => {
      now += liveEveryMs;
      work();
    }, 1);
    return () => clearInterval(timer);
  };
  const dashboard = await TestDashboard.open({ changed: { counts }, clock: { now: () => now, every } });
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request) => dashboard.app.fetch(request),
  });
  return { dashboard, server, ticks: () => packets };
}

/** Asks for live events. @param isAsleep reads nothing @returns the text of what came */
async function follow(port: number, isAsleep: boolean) {
  let text = "";
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      open(opened) {
        opened.write(`GET /api/live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
        if (isAsleep) opened.pause();
      },
      data: (_, data) => void (text = (text + data.toString()).slice(-300_000)),
    },
  });
  return { socket, latest: () => Number([...text.matchAll(/"packets":(\d+)/g)].at(-1)?.[1] ?? 0) };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await Bun.sleep(5);
}

test("ten tabs that sleep through hundreds of megabytes leave memory flat, and lose only what is old", async () => {
  const { dashboard, server, ticks } = await openFast();
  const sleeping = await Promise.all(Array.from({ length: 10 }, () => follow(server.port!, true)));
  const awake = await follow(server.port!, false);
  // By then what the system's buffers hold is full.
  await until(() => ticks() > 300);
  Bun.gc(true);
  const before = process.memoryUsage().rss;
  // A queue would hold 500 MB.
  await until(() => ticks() > 800);
  Bun.gc(true);
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  // Who reads is not held up by those who do not, and who wakes is told what is so now.
  const now = ticks();
  await until(() => awake.latest() >= now);
  sleeping[0]!.socket.resume();
  await until(() => sleeping[0]!.latest() >= now);
  for (const { socket } of [...sleeping, awake]) socket.terminate();
  const open = async (): Promise<string> => await (await dashboard.ask("/metrics")).text();
  for (let text = ""; !text.includes("pcs_live_streams 0\n"); text = await open()) await Bun.sleep(5);
  await server.stop(true);
  await dashboard[Symbol.asyncDispose]();
}, 30_000);
