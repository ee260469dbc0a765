/** One sender, 100 receivers, 20,000 messages of 100 bytes: deliveries a second of pcs and of nats-server. */
import { buildExecutable, fanOut, median, millions, say, startNats, startPcs } from "./peers.ts";

const load = { receivers: 100, messages: 20_000, bytes: 100, rounds: 3 };
const pairs = 7;

export async function run(): Promise<void> {
  const executable = buildExecutable();
  const nats = await startNats();
  if (nats === undefined) say("skipped: nats-server is not installed (Debian's package nats-server)");
  const rates = { pcs: [] as number[], nats: [] as number[], ratio: [] as number[] };
  for (let pair = 0; pair < pairs; pair++) {
    const pcs = await startPcs(executable);
    const own = await fanOut(pcs, load);
    await pcs.stop();
    rates.pcs.push(own);
    if (nats === undefined) continue;
    const theirs = await fanOut(nats, load);
    rates.nats.push(theirs);
    rates.ratio.push(own / theirs);
    say(`pair ${pair + 1}: pcs ${millions(own)}, nats-server ${millions(theirs)} deliveries/s`);
  }
  await nats?.stop();
  say(
    `${load.messages} messages of ${load.bytes} bytes to ${load.receivers} receivers, none lost, order kept`,
  );
  say(`pcs          ${millions(median(rates.pcs))} deliveries/s (median of ${pairs})`);
  if (nats === undefined) return;
  say(`nats-server  ${millions(median(rates.nats))} deliveries/s`);
  const ratio = rates.ratio.toSorted((a, b) => a - b);
  say(
    `ratio        ${median(ratio).toFixed(2)} (pair by pair ${ratio[0]!.toFixed(2)} to ${ratio.at(-1)!.toFixed(2)})`,
  );
}
