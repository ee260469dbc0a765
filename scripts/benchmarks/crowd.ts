/** 10,000 clients on one server, come in by session token: what each costs in memory, and how long one message takes. */
import { LoadProcess } from "./load-process.ts";
import { buildExecutable, median, say, startNats, startPcs, type Peer } from "./peers.ts";

const clients = 10_000;
const messages = 9;
const bytes = 100;

export async function run(): Promise<void> {
  const executable = buildExecutable();
  for (const tls of [false, true]) {
    say(`${clients} clients${tls ? ", TLS" : ""}`);
    await measure("pcs", await startPcs(executable, clients), tls);
    const nats = await startNats(tls);
    if (nats === undefined) say("nats-server is not installed (Debian's package nats-server)");
    else await measure("nats-server", nats, tls);
  }
}

async function measure(name: string, peer: Peer, tls: boolean): Promise<void> {
  const started = LoadProcess.start();
  if (started.load === undefined) {
    await peer.stop();
    return say(`skipped: ${started.why}`);
  }
  const { load } = started;
  try {
    const before = peer.memory();
    const { crowd, seconds } = await load.connect({ peer, tls, room: "quiet", receivers: clients });
    await load.idle(5_000);
    const each = (peer.memory() - before) / clients;
    const times: number[] = [];
    for (let i = 0; i < messages; i++) times.push((await load.burst(crowd, 1, bytes)) * 1000);
    say(
      `  ${name.padEnd(11)} ${(each / 1000).toFixed(1)} kB a client, all in after ${seconds.toFixed(0)} s, ` +
        `one message at all of them after ${median(times).toFixed(0)} ms (median of ${messages})`,
    );
  } finally {
    await load.stop();
    await peer.stop();
  }
}
