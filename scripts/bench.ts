/**
 * Benchmarks, each against a peer in the same run, because machines differ and drift:
 *
 *   scripts/bench chat     one sender to 100 receivers, against nats-server
 *   scripts/bench stall    the same with one receiver that never reads
 *   scripts/bench start    `pcs --version` against an empty program compiled the same way
 */
export {};

const benchmarks: Record<string, () => Promise<{ run(): Promise<void> }>> = {
  chat: () => import("./benchmarks/chat.ts"),
  stall: () => import("./benchmarks/stall.ts"),
  start: () => import("./benchmarks/start.ts"),
};

const name = process.argv[2] ?? "";
const load = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (load === undefined) {
  process.stderr.write(`usage: scripts/bench ${Object.keys(benchmarks).join("|")}\n`);
  process.exit(2);
}
await (await load()).run();
