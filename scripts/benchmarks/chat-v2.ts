/**
 * The second protocol against nats-server, receivers that cost little (`load/`): fan-out to 100 and to 1,000 in a
 * room that keeps nothing, without TLS and with it, beside it the main room, which keeps all; and how long a
 * message takes at a pace of 1,000 a second.
 */
import { LoadProcess, type Latencies } from "./load-process.ts";
import { median, millions, say, spread, startNats, startPcs, type Peer } from "./peers.ts";

const bytes = 100;
const bursts = [
  { receivers: 100, messages: 20_000, tls: false },
  { receivers: 1_000, messages: 4_000, tls: false },
  { receivers: 100, messages: 20_000, tls: true },
  { receivers: 1_000, messages: 4_000, tls: true },
];
const burstRounds = 7;
const pace = { receivers: 100, perSecond: 1_000, seconds: 3, rounds: 5 };

/** A server and the number under which the load knows it. */
interface Loaded {
  name: string;
  crowd: number;
}

export async function measureSecondProtocol(executable: string): Promise<void> {
  for (const { receivers, messages, tls } of bursts)
    await against(executable, receivers, tls, async (load, loaded) => {
      const rates = await inTurn(loaded, burstRounds, async ({ crowd }) => {
        const seconds = await load.burst(crowd, messages, bytes);
        return (receivers * messages) / seconds;
      });
      say(
        `second protocol${tls ? ", TLS" : ""}: ${messages} messages of ${bytes} bytes to ${receivers} receivers`,
      );
      tellRates(loaded, rates);
    });
  for (const tls of [false, true])
    await against(executable, pace.receivers, tls, async (load, loaded) => {
      const latencies = await inTurn(loaded, pace.rounds, ({ crowd }) =>
        load.paced(crowd, pace.perSecond, pace.seconds, bytes),
      );
      const { perSecond, receivers } = pace;
      say(
        `second protocol${tls ? ", TLS" : ""}: ${perSecond} messages a second to ${receivers} receivers, ms to a delivery`,
      );
      for (const [index, { name }] of loaded.entries()) tellLatencies(name, latencies[index]!);
      if (loaded.length === 3)
        say(`  ratio of p99 ${spread(ratios(latencies[0]!.map(p99), latencies[2]!.map(p99)))}`);
    });
}

/** Starts pcs, its main room beside, and nats-server, and connects everybody. */
async function against(
  executable: string,
  receivers: number,
  tls: boolean,
  measure: (load: LoadProcess, loaded: Loaded[]) => Promise<void>,
): Promise<void> {
  const started = LoadProcess.start();
  if (started.load === undefined) return say(`skipped: ${started.why}`);
  const { load } = started;
  const loaded: Loaded[] = [];
  const peers: Peer[] = [];
  const add = async (name: string, room: string, peer: Peer): Promise<void> => {
    peers.push(peer);
    const { crowd } = await load.connect({ peer, tls, room, receivers });
    loaded.push({ name, crowd });
  };
  try {
    await add("pcs", "quiet", await startPcs(executable, receivers));
    await add("pcs, kept", "main", await startPcs(executable, receivers));
    const nats = await startNats(tls);
    if (nats === undefined) say("nats-server is not installed (Debian's package nats-server)");
    else await add("nats-server", "r", nats);
    // nats-server asks each client once, two seconds after it came, whether it is there.
    await load.idle(3500);
    await measure(load, loaded);
  } finally {
    await load.stop();
    for (const peer of peers) await peer.stop();
  }
}

/** The servers' rounds take turns. @returns a row a server and a column a round */
async function inTurn<T>(
  loaded: readonly Loaded[],
  rounds: number,
  run: (each: Loaded) => Promise<T>,
): Promise<T[][]> {
  const results: T[][] = loaded.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, each] of loaded.entries()) results[index]!.push(await run(each));
  return results;
}

function tellRates(loaded: readonly Loaded[], rates: readonly number[][]): void {
  for (const [index, { name }] of loaded.entries())
    say(`  ${name.padEnd(11)} ${millions(median(rates[index]!))} deliveries/s (median of ${burstRounds})`);
  if (loaded.length === 3) say(`  ratio       ${spread(ratios(rates[0]!, rates[2]!))}`);
}

function tellLatencies(name: string, rounds: readonly Latencies[]): void {
  const ms = (of: (each: Latencies) => number): string => (median(rounds.map(of)) / 1000).toFixed(2);
  const longest = ms((each) => each.longest);
  say(`  ${name.padEnd(11)} median ${ms((each) => each.median)}, p99 ${ms(p99)}, longest ${longest}`);
}

function p99(latencies: Latencies): number {
  return latencies.p99;
}

/** Round by round. */
function ratios(own: readonly number[], theirs: readonly number[]): number[] {
  return own.map((value, round) => value / theirs[round]!);
}
