/**
 * The isolation forest against scikit-learn's, with 100 trees of 256 rows each: how well it tells outliers
 * apart (mean AUROC over 30 seeds of each) and how many rows it scores a second on one core. The trees that
 * `ml-isolation-forest` grows stand beside them. Then attacks in traffic: see labelled-traffic.ts.
 */
import { join } from "node:path";
import { areaUnderRoc } from "../../src/analyzer/anomaly/evaluation.ts";
import { fitIsolationForest } from "../../src/analyzer/anomaly/isolation-forest.ts";
import { fitLibraryForest } from "../../src/analyzer/anomaly/library-forest.test-support.ts";
import {
  readTable,
  tablesFolder,
  type LabelledTable,
} from "../../src/analyzer/anomaly/tables.test-support.ts";
import { compareOnTraffic } from "./labelled-traffic.ts";
import { median, say } from "./peers.ts";
import { startScikit, type Scikit } from "./scikit-learn.ts";

const tables = ["shuttle", "mammography", "annthyroid", "smtp"];
const seeds = Array.from({ length: 30 }, (_, i) => i + 1);
const speedTable = "smtp";
const speedRounds = 7;
/** Below scikit-learn's by this, and no more. */
const allowedLoss = 0.005;
const wantedSpeedup = 5;

export async function run(): Promise<void> {
  const found = tables.flatMap((name) => {
    const table = readTable(name);
    if (table === undefined) say(`skipped: there is no ${join(tablesFolder, name)}.csv.gz`);
    return table === undefined ? [] : [{ name, table }];
  });
  const peer = await startScikit();
  if (peer === undefined) say("skipped: scikit-learn is not installed, nothing to compare with");
  say(
    `mean AUROC over ${seeds.length} seeds    pcs       scikit-learn   difference   ml-isolation-forest's trees`,
  );
  for (const { name, table } of found) {
    const own = mean(seeds.map((seed) => ownArea(table, seed)));
    const library = mean(seeds.map((seed) => libraryArea(table, seed)));
    const other = peer === undefined ? undefined : await scikitArea(peer, name);
    const cells = [own.toFixed(4).padEnd(10), (other?.toFixed(4) ?? "–").padEnd(15)];
    cells.push((other === undefined ? "–" : signed(own - other)).padEnd(13), library.toFixed(4));
    if (other !== undefined && own < other - allowedLoss) cells.push(`  more than ${allowedLoss} below`);
    say(`${name.padEnd(25)}${cells.join("")}`);
  }
  const table = found.find(({ name }) => name === speedTable)?.table;
  if (table !== undefined) await compareSpeed(table, peer);
  await compareOnTraffic(peer);
  await peer?.stop();
}

/** In turn, so that what else the machine does hits both. */
async function compareSpeed(table: LabelledTable, peer: Scikit | undefined): Promise<void> {
  const { rows, width } = table;
  const forest = fitIsolationForest(rows, width);
  const own: number[] = [];
  const other: number[] = [];
  await peer?.open(join(tablesFolder, `${speedTable}.csv.gz`));
  await peer?.fit(1);
  for (let round = -2; round < speedRounds; round++) {
    const startedAt = performance.now();
    forest.score(rows);
    const seconds = (performance.now() - startedAt) / 1000;
    const otherSeconds = (await peer?.score())?.seconds;
    if (round < 0) continue;
    own.push(rows.length / width / seconds);
    if (otherSeconds !== undefined) other.push(rows.length / width / otherSeconds);
  }
  say(`rows a second on ${speedTable}, one core, median of ${speedRounds} rounds in turn`);
  say(`pcs            ${median(own).toFixed(0)}`);
  if (peer === undefined) return;
  say(`scikit-learn   ${median(other).toFixed(0)}`);
  const ratio = median(own.map((rate, i) => rate / other[i]!));
  say(`ratio          ${ratio.toFixed(1)}${ratio < wantedSpeedup ? `, less than ${wantedSpeedup}` : ""}`);
}

function ownArea({ rows, width, labels }: LabelledTable, seed: number): number {
  return areaUnderRoc(fitIsolationForest(rows, width, { seed }).score(rows), labels) ?? Number.NaN;
}

function libraryArea({ rows, width, labels }: LabelledTable, seed: number): number {
  const forest = fitLibraryForest(rows, width, { trees: 100, seed });
  return areaUnderRoc(forest.score(rows), labels) ?? Number.NaN;
}

async function scikitArea(peer: Scikit, name: string): Promise<number> {
  await peer.open(join(tablesFolder, `${name}.csv.gz`));
  const areas: number[] = [];
  for (const seed of seeds) {
    await peer.fit(seed);
    areas.push((await peer.score()).area);
  }
  return mean(areas);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(4)}`;
}
