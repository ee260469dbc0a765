/**
 * Compares the layers that pcs counts with those that tshark shows, over all shared captures or those named:
 *
 *   bun scripts/compare-layers.ts [FILE …]
 *
 * Prints each pair of file and layer that differs by more than 1 %, with the reason where it is known.
 */
import { readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { compareLayers, knownDifferences } from "../src/analyzer/packet/layers-of-tshark.test-support.ts";

const captures = resolve(import.meta.dir, "../../shared/captures");
/** tshark takes most of the time to start: two at once. */
const atOnce = 2;

function allCaptures(): string[] {
  return readdirSync(captures, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.csv\.gz$|README/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const named = process.argv.slice(2);
const files = named.length > 0 ? named : allCaptures();
const total = { files: 0, pairs: 0, different: 0, unexplained: 0 };

async function compareNext(): Promise<void> {
  for (let file = files.shift(); file !== undefined; file = files.shift()) {
    const comparison = await compareLayers(file);
    if (comparison === undefined) continue;
    total.files++;
    total.pairs += comparison.pairs;
    for (const { layer, counted, wanted } of comparison.disagreements) {
      const reason = knownDifferences[`${basename(file)} ${layer}`];
      total.different++;
      if (reason === undefined) total.unexplained++;
      process.stdout.write(`${basename(file)} ${layer}: ${counted}, tshark ${wanted}; ${reason ?? "?"}\n`);
    }
  }
}

await Promise.all(Array.from({ length: atOnce }, compareNext));
const agreement = (100 * (1 - total.different / Math.max(1, total.pairs))).toFixed(2);
process.stdout.write(
  `${agreement} % of ${total.pairs} pairs of file and layer agree, over ${total.files} files; ` +
    `${total.different} differ, ${total.unexplained} of them without a reason\n`,
);
process.exitCode = total.unexplained === 0 ? 0 : 1;
