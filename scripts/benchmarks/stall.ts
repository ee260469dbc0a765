/** What one receiver that never reads costs the 99 others: rate without and with it, in interleaved rounds. */
import { buildExecutable, fanOut, median, millions, say, startPcs } from "./peers.ts";
import { stallSecondProtocol } from "./stall-v2.ts";

/** Few enough rounds that the stalled reader is not dropped before the end. */
const load = { receivers: 99, messages: 20_000, bytes: 100, rounds: 5 };
const pairs = 10;

export async function run(): Promise<void> {
  const executable = buildExecutable();
  const changes: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const servers = [await startPcs(executable), await startPcs(executable)];
    // Each goes first in turn.
    const stalled = pair % 2 === 0 ? [0, 1] : [1, 0];
    const rates = (await fanOut(servers, load, stalled)).map(median);
    for (const server of servers) await server.stop();
    const [without = 0, withOne = 0] = pair % 2 === 0 ? rates : rates.toReversed();
    changes.push(withOne / without - 1);
    say(
      `pair ${pair + 1}: without ${millions(without)}, with ${millions(withOne)} deliveries/s to the 99 others ` +
        `(${(changes.at(-1)! * 100).toFixed(1)} %)`,
    );
  }
  say(
    `one stalled reader changes the others' rate by ${(median(changes) * 100).toFixed(1)} % (median of ${pairs})`,
  );
  await stallSecondProtocol(executable);
}
