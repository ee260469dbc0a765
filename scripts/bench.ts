/**
 * Benchmarks, each against a peer in the same run, because machines differ and drift:
 *
 *   scripts/bench chat     one sender to 100 receivers, against nats-server; the second protocol also to 1,000, with
 *                          TLS, and how long a message takes at a steady pace
 *   scripts/bench stall    the same with one receiver that never reads; the second protocol beside that with one that
 *                          writes a byte a second and 10,000 connections that say nothing
 *   scripts/bench crowd    10,000 clients on one server: memory of each, and one message to all
 *   scripts/bench packets  the report of a million packets, against capinfos, tcpdump, tshark and Scapy
 *   scripts/bench query    the whole report of a fresh filter over a million packets in store, against tshark -Y
 *   scripts/bench live     a live capture of 50,000 packets/s with the page open: memory of both over 600 updates
 *   scripts/bench start    `pcs --version` against an empty program compiled the same way
 *   scripts/bench anomaly  the isolation forest against scikit-learn: outliers found, rows scored a second;
 *                          and both on labelled traffic, attack by attack
 *   scripts/bench files    1 GB to the server against scp and socat, with chat meanwhile; 20 MB to 30 slow receivers
 *   scripts/bench quiz     300 students, 20 timed questions, drops and two kills: nothing lost or doubled; how long
 *                          from an answer to its acknowledgement
 *   scripts/bench crash    200 sudden ends of the server and of clients: what was acknowledged is there, once
 */
import { say } from "./benchmarks/peers.ts";

const benchmarks: Record<string, () => Promise<{ run(): Promise<void> }>> = {
  chat: () => import("./benchmarks/chat.ts"),
  stall: () => import("./benchmarks/stall.ts"),
  crowd: () => import("./benchmarks/crowd.ts"),
  packets: () => import("./benchmarks/packets.ts"),
  query: () => import("./benchmarks/query.ts"),
  live: () => import("./benchmarks/live.ts"),
  start: () => import("./benchmarks/start.ts"),
  files: () => import("./benchmarks/files.ts"),
  quiz: () => import("./benchmarks/quiz.ts"),
  crash: () => import("./benchmarks/crash.ts"),
  anomaly: () => import("./benchmarks/anomaly.ts"),
};

async function bench(name: string): Promise<number> {
  const load = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (load === undefined) {
    say(`usage: scripts/bench ${Object.keys(benchmarks).join("|")}`);
    return 2;
  }
  await (await load()).run();
  return 0;
}

process.exitCode = await bench(process.argv[2] ?? "");
