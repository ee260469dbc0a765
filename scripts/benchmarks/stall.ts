/** What one receiver that never reads costs the 99 others: rate without and with it, in interleaved pairs. */
import { buildExecutable, fanOut, median, millions, say, startPcs } from "./peers.ts";

const load = { receivers: 100, messages: 20_000, bytes: 100, rounds: 5 };
const pairs = 10;

export async function run(): Promise<void> {
  const executable = buildExecutable();
  const changes: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const rate = async (stalled: number): Promise<number> => {
      const pcs = await startPcs(executable);
      // Without the stalled reader there are 99, so that both runs deliver the same to the same number.
      const result = await fanOut(pcs, { ...load, receivers: 99 + stalled, stalled });
      await pcs.stop();
      return result;
    };
    // In turn, so that a drift of the machine meets both alike.
    const order = pair % 2 === 0 ? [0, 1] : [1, 0];
    const rates = new Map<number, number>();
    for (const stalled of order) rates.set(stalled, await rate(stalled));
    const change = rates.get(1)! / rates.get(0)! - 1;
    changes.push(change);
    say(
      `pair ${pair + 1}: without ${millions(rates.get(0)!)}, with ${millions(rates.get(1)!)} deliveries/s ` +
        `to the 99 others (${(change * 100).toFixed(1)} %)`,
    );
  }
  say(
    `one stalled reader changes the others' rate by ${(median(changes) * 100).toFixed(1)} % (median of ${pairs})`,
  );
}
