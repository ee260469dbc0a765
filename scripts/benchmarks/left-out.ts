/**
 * Was the detector tuned to a file? For each attack of a labelled capture:
 *
 * - its AUROC in the whole capture: with all rules, without those that name it, and without any;
 * - the same where the capture holds nothing but ordinary packets and this attack;
 * - the figures of the others where it is left out.
 *
 *   left-out.ts [CAPTURE LABELS.csv[.gz]] [--whole] [--seed N]   (default ../shared/captures/mix; --whole: only the first)
 *
 * A rule names an attack if it speaks about one in a hundred of its packets.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Evaluation } from "../../src/analyzer/anomaly/evaluation.ts";
import { rules } from "../../src/analyzer/anomaly/rules/rule-list.ts";
import {
  evaluateJudged,
  flaggedShare,
  judgePackets,
  rulesNaming,
  type JudgedCapture,
} from "./judged-capture.ts";
import { say } from "./peers.ts";
import { inTimeOrder, readPackets, type TimedPacket } from "./planted/timed-packets.ts";

const mix = resolve(import.meta.dir, "../../../shared/captures/mix");
const namingShare = 0.01;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { whole: { type: "boolean", default: false }, seed: { type: "string", default: "1" } },
});
const seed = Number(values.seed);

async function run(): Promise<void> {
  const [capture = join(mix, "mix.pcap.gz"), labels = join(mix, "mix.labels.csv.gz")] = positionals;
  const packets = inTimeOrder(await readPackets(capture, labels));
  const whole = await judgePackets(packets, seed);
  say(summary("all rules", evaluateJudged(whole)));
  say(summary("no rules", evaluateJudged(whole, "all")));
  await sayOrdinary(packets);
  sayAttacks("in the whole capture", whole.labels.attackNames, () => whole);
  if (values.whole) return;
  const alone = new Map<string, JudgedCapture>();
  for (const name of whole.labels.attackNames) {
    const own = packets.filter(({ attack }) => attack === undefined || attack === name);
    alone.set(name, await judgePackets(own, seed));
  }
  sayAttacks("alone among the ordinary packets", whole.labels.attackNames, (name) => alone.get(name)!);
  say(
    "\nwithout it, the others        AUROC   AUPRC   precision   recall   least AUROC of one   without rules",
  );
  for (const name of whole.labels.attackNames) {
    const others = await judgePackets(
      packets.filter(({ attack }) => attack !== name),
      seed,
    );
    say(`${name.padEnd(28)}${othersRow(others)}`);
  }
}

async function sayOrdinary(packets: readonly TimedPacket[]): Promise<void> {
  const ordinary = packets.filter(({ attack }) => attack === undefined);
  const judged = await judgePackets(ordinary, seed);
  const [all, none] = [flaggedShare(judged), flaggedShare(judged, "all")];
  say(`ordinary packets as a capture of their own: ${percent(all)} flagged, ${percent(none)} without rules`);
}

function sayAttacks(title: string, names: readonly string[], of: (name: string) => JudgedCapture): void {
  say(`\n${title.padEnd(34)}packets   AUROC   without its rules   without any   flagged   its rules`);
  for (const name of names) {
    const judged = of(name);
    const naming = rulesNaming(judged, name, namingShare);
    const all = evaluateJudged(judged);
    const cells = [
      String(all.attacks[name]!.packets).padStart(7),
      area(all, name).padStart(8),
      area(evaluateJudged(judged, new Set(naming)), name).padStart(20),
      area(evaluateJudged(judged, "all"), name).padStart(14),
      percent(recallOf(judged, name)).padStart(10),
      `   ${naming.map((number) => rules[number - 1]!.name).join(", ") || "–"}`,
    ];
    say(`${name.padEnd(34)}${cells.join("")}`);
  }
}

/** The share of one attack's packets that are flagged. */
function recallOf(judged: JudgedCapture, name: string): number {
  const id = judged.labels.attackNames.indexOf(name) + 1;
  const attack = judged.labels.attack.map((own) => Number(own === id));
  const only = { ...judged, labels: { attack, attackNames: [name] } };
  return evaluateJudged(only).recallAtFlagged ?? Number.NaN;
}

function othersRow(judged: JudgedCapture): string {
  const figures = evaluateJudged(judged);
  const areas = Object.values(figures.attacks).map(({ auroc }) => auroc ?? Number.NaN);
  return [
    figure(figures.auroc).padStart(7),
    figure(figures.auprc).padStart(8),
    figure(figures.precisionAtFlagged).padStart(12),
    figure(figures.recallAtFlagged).padStart(9),
    Math.min(...areas)
      .toFixed(3)
      .padStart(21),
    figure(evaluateJudged(judged, "all").auroc).padStart(16),
  ].join("");
}

function summary(
  name: string,
  { auroc, auprc, baseRate, precisionAtFlagged, recallAtFlagged }: Evaluation,
): string {
  return (
    `${name}: AUROC ${figure(auroc)}, AUPRC ${figure(auprc)} (base rate ${figure(baseRate)}), ` +
    `precision ${figure(precisionAtFlagged)} and recall ${figure(recallAtFlagged)} as flagged`
  );
}

function area({ attacks }: Evaluation, name: string): string {
  return figure(attacks[name]!.auroc);
}

function figure(value: number | null): string {
  return value === null ? "–" : value.toFixed(3);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

await run();
