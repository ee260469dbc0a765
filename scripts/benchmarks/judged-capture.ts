/**
 * A labelled capture as the detector judges it, with what its forest says and what its rules say told apart, so
 * that a rule can be left out after the fact. Of several rules about one packet only the gravest is known: where
 * it is left out, the others are too.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AnomalyDetector } from "../../src/analyzer/anomaly/anomaly-detector.ts";
import { learnModel, scoreVectors } from "../../src/analyzer/anomaly/anomaly-model.ts";
import { scoreCodes } from "../../src/analyzer/anomaly/code-forest.ts";
import { evaluate, type Evaluation } from "../../src/analyzer/anomaly/evaluation.ts";
import { codeWords } from "../../src/analyzer/anomaly/feature-vectors.ts";
import { featureCount } from "../../src/analyzer/anomaly/features/feature-list.ts";
import { unpackCodes } from "../../src/analyzer/anomaly/features/feature-row.ts";
import type { Labels } from "../../src/analyzer/anomaly/labels.ts";
import { rules } from "../../src/analyzer/anomaly/rules/rule-list.ts";
import type { LogChunk } from "../../src/analyzer/anomaly/packet-log.ts";
import { suspectScores } from "../../src/analyzer/anomaly/suspicion.ts";
import { drain } from "../../src/lib/steps.ts";
import { openCaptureFile } from "../../src/analyzer/capture/open-capture.ts";
import { decodeBatch } from "../../src/analyzer/packet/decode-batch.ts";
import { createDecodedColumns } from "../../src/analyzer/packet/decoded-columns.ts";
import { Traffic } from "../../src/analyzer/traffic/traffic.ts";
import { writePackets, type TimedPacket } from "./planted/timed-packets.ts";

export interface JudgedCapture {
  /** Of each packet, in the order of the capture: what the forest says. */
  forest: Float64Array;
  /** And the number of the rule that speaks about it, 0 for none. */
  rule: Uint8Array;
  /** From this score on a packet is flagged. */
  threshold: number;
  labels: Labels;
  /** Its packets, each with its place and one as the number of its feature row; and above all ids of hosts. */
  chunks: LogChunk[];
  hosts: number;
}

/** Rules that are left out: all, or these numbers. */
export type Silenced = "all" | ReadonlySet<number>;

/** @param packets in order of time */
export async function judgePackets(packets: readonly TimedPacket[], seed: number): Promise<JudgedCapture> {
  const folder = mkdtempSync(join(tmpdir(), "pcs-judged-"));
  try {
    const path = join(folder, "capture.pcap");
    writePackets(path, packets);
    return await judgeFile(path, labelsOf(packets), seed);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How well the packets are found while some rules say nothing. */
export function evaluateJudged(judged: JudgedCapture, silenced: Silenced = new Set()): Evaluation {
  const scores = scoresOf(judged, silenced);
  const flagged = Uint8Array.from(scores, (score) => Number(score >= judged.threshold));
  return evaluate(scores, flagged, judged.labels);
}

/** The share of all packets that are flagged. */
export function flaggedShare(judged: JudgedCapture, silenced: Silenced = new Set()): number {
  const scores = scoresOf(judged, silenced);
  return scores.filter((score) => score >= judged.threshold).length / scores.length;
}

/** The rules that speak about at least `leastShare` of an attack's packets: the most frequent first. */
export function rulesNaming({ rule, labels }: JudgedCapture, attack: string, leastShare: number): number[] {
  const id = labels.attackNames.indexOf(attack) + 1;
  const counts = new Map<number, number>();
  let all = 0;
  rule.forEach((number, i) => {
    if (labels.attack[i] !== id) return;
    all++;
    if (number !== 0) counts.set(number, (counts.get(number) ?? 0) + 1);
  });
  return Array.from(counts)
    .filter(([, count]) => count >= all * leastShare)
    .sort(([, a], [, b]) => b - a)
    .map(([number]) => number);
}

/** With what the company of each packet says, as the product has it. */
function scoresOf(judged: JudgedCapture, silenced: Silenced): Float64Array {
  const { forest, rule, chunks, threshold, hosts } = judged;
  const own = new Float64Array(forest.length + 1);
  forest.forEach((score, i) => {
    const number = rule[i]!;
    const isSilent = number === 0 || silenced === "all" || silenced.has(number);
    own[i + 1] = isSilent ? score : Math.max(score, rules[number - 1]!.score);
  });
  return Float64Array.from(suspectScores(chunks, own, threshold, hosts));
}

function labelsOf(packets: readonly TimedPacket[]): Labels {
  const ids = new Map<string, number>();
  const attack = Uint16Array.from(packets, ({ attack: name }) => {
    if (name === undefined) return 0;
    if (!ids.has(name)) ids.set(name, ids.size + 1);
    return ids.get(name)!;
  });
  return { attack, attackNames: Array.from(ids.keys()) };
}

async function judgeFile(path: string, labels: Labels, seed: number): Promise<JudgedCapture> {
  const detector = new AnomalyDetector(seed);
  const [columns, traffic] = [createDecodedColumns(), new Traffic()];
  const rowOf = new Uint32Array(labels.attack.length);
  const source = await openCaptureFile(path);
  let seen = 0;
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    decodeBatch(batch, columns);
    // It names applications, which rules ask for.
    traffic.add(batch, columns);
    detector.add(batch, columns);
    rowOf.set(detector.vectorNumbers.subarray(0, batch.count), seen);
    seen += batch.count;
  }
  await source.close();
  const { baseline, vectors } = detector;
  baseline.flush();
  const model = drain(learnModel(vectors, baseline.rows.slice(0, baseline.count), baseline.seconds, seed));
  const ruleOf = new Uint8Array(vectors.end);
  scoreVectors(model, vectors, 1, vectors.end, new Float64Array(vectors.end), ruleOf);
  const codes = new Uint8Array(vectors.end * featureCount);
  for (let row = 1; row < vectors.end; row++)
    unpackCodes(vectors.words, row * codeWords, codes, row * featureCount);
  const byForest = scoreCodes(model.forest, codes);
  return {
    forest: Float64Array.from(rowOf, (row) => byForest[row]!),
    rule: Uint8Array.from(rowOf, (row) => ruleOf[row]!),
    threshold: model.threshold,
    labels,
    chunks: detector.log.chunks.map((chunk) => ({
      ...chunk,
      vector: Uint32Array.from(chunk.number),
    })),
    hosts: detector.addresses.end,
  };
}
