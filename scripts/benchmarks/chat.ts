/** One sender, 100 receivers, 20,000 messages of 100 bytes: deliveries a second of pcs and of nats-server. */
import { buildExecutable, fanOut, median, millions, say, startNats, startPcs } from "./peers.ts";

const load = { receivers: 100, messages: 20_000, bytes: 100, rounds: 11 };

export async function run(): Promise<void> {
  const pcs = await startPcs(buildExecutable());
  const nats = await startNats();
  const [own = [], theirs = []] = await fanOut(nats === undefined ? [pcs] : [pcs, nats], load);
  await pcs.stop();
  await nats?.stop();
  say(
    `${load.messages} messages of ${load.bytes} bytes to ${load.receivers} receivers, none lost, order kept`,
  );
  say(`pcs          ${millions(median(own))} deliveries/s (median of ${load.rounds} rounds)`);
  if (nats === undefined) return say("skipped: nats-server is not installed (Debian's package nats-server)");
  say(`nats-server  ${millions(median(theirs))} deliveries/s (the same rounds, in turn)`);
  const ratios = own.map((rate, round) => rate / theirs[round]!).toSorted((a, b) => a - b);
  say(
    `ratio        ${median(ratios).toFixed(2)} (round by round ${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)})`,
  );
}
