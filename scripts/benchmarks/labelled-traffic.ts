/**
 * The detector on ../shared/captures/mix, beside a forest of scikit-learn over what single packets say: their
 * length, or length, transport and ports. An attack's packets are many, small and alike, so that such a forest
 * takes them for the most ordinary ones: it is worse than chance.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { evaluate, type Evaluation } from "../../src/analyzer/anomaly/evaluation.ts";
import type { Labels } from "../../src/analyzer/anomaly/labels.ts";
import { openCaptureFile } from "../../src/analyzer/capture/open-capture.ts";
import { decodeBatch } from "../../src/analyzer/packet/decode-batch.ts";
import { createDecodedColumns } from "../../src/analyzer/packet/decoded-columns.ts";
import { evaluateJudged, flaggedShare, judgePackets } from "./judged-capture.ts";
import { say } from "./peers.ts";
import { readPackets } from "./planted/timed-packets.ts";
import type { Scikit } from "./scikit-learn.ts";

const mix = resolve(import.meta.dir, "../../../shared/captures/mix");
const capture = join(mix, "mix.pcap.gz");
const seeds = [1, 2, 3];
/** Of ordinary traffic, no more than this share may be flagged. */
const allowedAlarms = 0.01;

/** Columns of a single packet: length, transport, source port, destination port. */
const packetColumns = 4;

export async function compareOnTraffic(peer: Scikit | undefined): Promise<void> {
  if (!existsSync(capture)) return say(`skipped: there is no ${capture}`);
  const packets = await readPackets(capture, join(mix, "mix.labels.csv.gz"));
  const ordinary = packets.filter(({ attack }) => attack === undefined);
  const own: Evaluation[] = [];
  const alarms: number[] = [];
  let labels: Labels | undefined;
  for (const seed of seeds) {
    const judged = await judgePackets(packets, seed);
    ({ labels } = judged);
    own.push(evaluateJudged(judged));
    alarms.push(flaggedShare(await judgePackets(ordinary, seed)));
  }
  const others: [string, Evaluation[]][] = [];
  if (peer !== undefined && labels !== undefined) {
    const table = await singlePackets(labels.attack.length);
    others.push(["length", await ofScikit(peer, table, [0], labels)]);
    others.push(["length, protocol, ports", await ofScikit(peer, table, [0, 1, 2, 3], labels)]);
  }
  sayTable([["pcs", own], ...others]);
  const share = mean(alarms);
  const told = share > allowedAlarms ? `, more than ${100 * allowedAlarms} %` : "";
  say(
    `ordinary packets of mix as a capture of their own: ${(100 * share).toFixed(2)} % flagged by pcs${told}`,
  );
}

function sayTable(columns: readonly (readonly [string, readonly Evaluation[]])[]): void {
  say(`\nmix, mean of ${seeds.length} seeds; beside pcs scikit-learn's forest over single packets`);
  say(
    row(
      "",
      columns.map(([name]) => name),
    ),
  );
  const figures: [string, (evaluation: Evaluation) => number | null][] = [
    ["AUROC", ({ auroc }) => auroc],
    ["AUPRC", ({ auprc }) => auprc],
    ["base rate", ({ baseRate }) => baseRate],
    ["precision as flagged", ({ precisionAtFlagged }) => precisionAtFlagged],
    ["recall as flagged", ({ recallAtFlagged }) => recallAtFlagged],
  ];
  for (const name of Object.keys(columns[0]?.[1][0]?.attacks ?? {}))
    figures.push([`AUROC of ${name}`, ({ attacks }) => attacks[name]?.auroc ?? null]);
  for (const [name, of] of figures)
    say(
      row(
        name,
        columns.map(([, evaluations]) => meanText(evaluations.map(of))),
      ),
    );
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(32)}${cells.map((cell) => cell.padStart(12)).join("   ")}`;
}

/** scikit-learn's forest has no threshold of its own that could be compared. */
function meanText(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? "–" : mean(known).toFixed(3);
}

async function ofScikit(
  peer: Scikit,
  table: Float64Array,
  columns: readonly number[],
  labels: Labels,
): Promise<Evaluation[]> {
  const folder = mkdtempSync(join(tmpdir(), "pcs-single-"));
  const path = join(folder, "packets.csv.gz");
  const count = labels.attack.length;
  const lines = Array.from({ length: count }, (_, i) => {
    const cells = columns.map((column) => table[i * packetColumns + column]!);
    return [...cells, Math.min(1, labels.attack[i]!)].join(",");
  });
  writeFileSync(path, gzipSync(`${lines.join("\n")}\n`, { level: 1 }));
  await peer.open(path);
  rmSync(folder, { recursive: true });
  const evaluations: Evaluation[] = [];
  for (const seed of seeds) {
    await peer.fit(seed);
    const found = evaluate(await peer.scores(), new Uint8Array(count), labels);
    evaluations.push({ ...found, recallAtFlagged: null });
  }
  return evaluations;
}

/** Length, transport and ports of each packet. */
async function singlePackets(count: number): Promise<Float64Array> {
  const table = new Float64Array(count * packetColumns);
  const columns = createDecodedColumns();
  const source = await openCaptureFile(capture);
  let packet = 0;
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    decodeBatch(batch, columns);
    for (let i = 0; i < batch.count; i++, packet++) {
      const { transport, sourcePort, destinationPort } = columns;
      table.set([batch.wire[i]!, transport[i]!, sourcePort[i]!, destinationPort[i]!], packet * packetColumns);
    }
  }
  await source.close();
  return table;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
