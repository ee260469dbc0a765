/** Messages to many, in both protocols: deliveries a second of pcs and of nats-server. */
import { measureSecondProtocol } from "./chat-v2.ts";
import { buildExecutable, fanOut, median, millions, say, spread, startNats, startPcs } from "./peers.ts";

const load = { receivers: 100, messages: 20_000, bytes: 100, rounds: 11 };

export async function run(): Promise<void> {
  const executable = buildExecutable();
  await measureFirstProtocol(executable);
  await measureSecondProtocol(executable);
}

/** As the course's clients speak it, to receivers in Bun that compare every byte. */
async function measureFirstProtocol(executable: string): Promise<void> {
  const pcs = await startPcs(executable);
  const nats = await startNats();
  const [own = [], theirs = []] = await fanOut(nats === undefined ? [pcs] : [pcs, nats], load);
  await pcs.stop();
  await nats?.stop();
  say(
    `first protocol: ${load.messages} messages of ${load.bytes} bytes to ${load.receivers} receivers, none lost, order kept`,
  );
  say(`  pcs         ${millions(median(own))} deliveries/s (median of ${load.rounds})`);
  if (nats === undefined) return say("skipped: nats-server is not installed (Debian's package nats-server)");
  say(`  nats-server ${millions(median(theirs))} deliveries/s (the same rounds, in turn)`);
  say(`  ratio       ${spread(own.map((rate, round) => rate / theirs[round]!))}`);
}
