/**
 * Anomalies, packet by packet:
 *
 *     packet ─> features in context ─┐
 *            └> rules ───────────────┴─> number of its feature row ─┬─> log, until it is judged
 *                                                                   └─> sample of what is ordinary ─> model
 *
 * Nothing is scored while packets come: equal rows are scored once, when the packets are judged.
 */
import { ContextFeatures } from "./features/context-features.ts";
import { pathWord } from "./features/known-paths.ts";
import { featureCount } from "./features/feature-list.ts";
import type { PacketRows } from "./features/packet-ends.ts";
import { batchRows } from "../limits.ts";
import type { DecodedColumns } from "../packet/decoded-columns.ts";
import { AddressIds } from "../store/address-ids.ts";
import { BaselineSample } from "./baseline-sample.ts";
import { codeWords, FeatureVectors, type Example } from "./feature-vectors.ts";
import { maxRuleReasons, maxVectors, strangeLearnt } from "./limits.ts";
import { PacketLog } from "./packet-log.ts";
import { PacketRules } from "./rules/packet-rules.ts";
import type { RuleReason } from "./rules/rule-reason.ts";
import { SeededRandom } from "./seeded-random.ts";

/** Packets of a batch. */
export interface CountedRows extends PacketRows {
  readonly count: number;
}

export class AnomalyDetector {
  vectors: FeatureVectors;
  readonly log = new PacketLog();
  readonly baseline: BaselineSample;
  readonly addresses = new AddressIds();
  /** Why a rule spoke about the first packet of a feature row. */
  readonly ruleReasons = new Map<number, RuleReason>();
  /** The numbers of the feature rows of the batch added last. */
  vectorNumbers = new Uint32Array(0);
  /** Packets added. */
  packets = 0;
  /** Whether a feature row is known to be strange: then hardly any of its packets is learnt from. */
  isStrange: ((vector: number) => boolean) | undefined;
  private readonly features = new ContextFeatures();
  private readonly rules = new PacketRules();
  private readonly values = new Float64Array(featureCount);
  private time = 0;
  private readonly vectorLimit: number;

  constructor(seed: number, isRolling = false, vectorLimit = maxVectors) {
    this.vectorLimit = vectorLimit;
    this.vectors = new FeatureVectors(vectorLimit);
    this.baseline = new BaselineSample(new SeededRandom(seed), isRolling);
  }

  /**
   * Begins the table of feature rows anew, with those that were learnt from: of a capture that never ends.
   * @returns the numbers of these, by those from before
   */
  renew(): Map<number, number> {
    const numbers = new Map<number, number>();
    const { vectors: before, baseline } = this;
    const vectors = new FeatureVectors(this.vectorLimit);
    const codes = new Int32Array(codeWords);
    for (let i = 0; i < baseline.count; i++) {
      const row = baseline.rows[i]!;
      codes.set(before.words.subarray(row * codeWords, (row + 1) * codeWords));
      const number = vectors.numberOf(codes);
      if (vectors.isNew) {
        const values = before.values.subarray(row * featureCount, (row + 1) * featureCount);
        vectors.keepExample(before.exampleOf(row), Float64Array.from(values));
      }
      numbers.set(row, number);
      baseline.rows[i] = number;
    }
    this.vectors = vectors;
    this.ruleReasons.clear();
    return numbers;
  }

  /** What gave way in bounded tables: contexts, and whom rules remember. */
  get evicted(): number {
    return this.features.evicted + this.rules.evicted;
  }

  /** @param judged packets looked at, from the batch's first on; the others only have a number */
  add(batch: CountedRows, columns: DecodedColumns, judged = batch.count): void {
    const { features, rules, vectors, log, baseline } = this;
    const { seconds, nanos, wire, count } = batch;
    const first = this.packets;
    const { words } = features;
    if (this.vectorNumbers.length < count) this.vectorNumbers = new Uint32Array(Math.max(count, batchRows));
    for (let i = 0; i < judged; i++) {
      const at = seconds[i]! + nanos[i]! / 1e9;
      if (at === at) this.time = at;
      features.observe(batch, columns, i);
      const rule = rules.see(batch, columns, i, this.time);
      words[3] = words[3]! | (rule << 16);
      const { path } = features;
      const known = features.paths.words;
      if (known[path + pathWord.sourceId] === 0) this.nameEnds(batch, columns, i);
      const source = known[path + pathWord.sourceId]!;
      const destination = known[path + pathWord.destinationId]!;
      const vector = vectors.numberOf(words);
      this.packets++;
      if (vectors.isNew) this.keep(vector, rule, batch, columns, i, at, source, destination);
      this.vectorNumbers[i] = vector;
      log.push(vector, source, destination, at, this.packets, wire[i]!);
      if (this.isStrange?.(vector) !== true || this.packets % strangeLearnt === 0)
        baseline.offer(vector, source, destination, at);
    }
    this.packets = first + count;
  }

  private nameEnds(batch: CountedRows, columns: DecodedColumns, row: number): void {
    const { features, addresses } = this;
    const { ends, path } = features;
    // A new path's ends were read just now.
    if (!features.paths.isFresh) ends.read(batch, columns, row);
    const known = features.paths.words;
    known[path + pathWord.sourceId] = addresses.idOf(ends.length, batch.bytes, ends.sourceAt);
    known[path + pathWord.destinationId] = addresses.idOf(ends.length, batch.bytes, ends.destinationAt);
  }

  private keep(
    vector: number,
    rule: number,
    batch: CountedRows,
    columns: DecodedColumns,
    row: number,
    seconds: number,
    source: number,
    destination: number,
  ): void {
    const example: Example = {
      number: this.packets,
      seconds,
      source,
      destination,
      size: batch.wire[row]!,
      protocol: columns.protocol[row]!,
      transport: columns.transport[row]!,
      port: Math.min(columns.sourcePort[row]!, columns.destinationPort[row]!),
    };
    this.features.write(this.values, 0);
    this.vectors.keepExample(example, this.values);
    if (rule !== 0 && this.ruleReasons.size < maxRuleReasons)
      this.ruleReasons.set(vector, this.rules.describe());
  }
}
