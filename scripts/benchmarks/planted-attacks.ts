/**
 * Labelled test traffic: the ordinary packets of a capture, and attacks planted among them by code of our own.
 * The same seed gives the same bytes. What is planted uses the addresses, cards, gateways and TTLs of the hosts
 * that live in the capture. An attack's packets are those of the attacker and those that others send only
 * because of it: refusals, answers of the victim, the other half of a connection.
 *
 *   planted-attacks.ts BACKGROUND LABELS.csv[.gz]|none TARGET.pcap TARGET.csv [options]
 *
 *   --attacks a,b|all|none  which to plant (default all; see planted/catalogue.ts)
 *   --share S               planted packets are about this share of all (default .15)
 *   --seed N                (default 1)
 *   --seconds N             the longest that one attack lasts (default: its slot)
 *   --pause N               seconds between the slots of two attacks (default 2)
 *   --pace N                all but the slow attacks go on N times as fast (default 1)
 *   --own FACTOR            also keep the attacks that LABELS tell of, each with FACTOR times its packets:
 *                           thinned below 1, again and again above (default 0)
 *   --own-names a,b         only these of them
 */
import { parseArgs } from "node:util";
import { say } from "./peers.ts";
import { attacks } from "./planted/catalogue.ts";
import { plantAttacks } from "./planted/plant.ts";
import { scaleAttacks } from "./planted/scale-attacks.ts";
import { attackTable, inTimeOrder, readPackets, writeLabels, writePackets } from "./planted/timed-packets.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    attacks: { type: "string", default: "all" },
    share: { type: "string", default: ".15" },
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "Infinity" },
    pause: { type: "string", default: "2" },
    pace: { type: "string", default: "1" },
    own: { type: "string", default: "0" },
    "own-names": { type: "string" },
  },
});

async function run(): Promise<number> {
  const [background, labels, target, targetLabels] = positionals;
  const names = chosenAttacks();
  if (targetLabels === undefined || names === undefined) {
    say("usage: planted-attacks.ts BACKGROUND LABELS|none TARGET.pcap TARGET.csv [options]");
    say(`attacks: ${Object.keys(attacks).join(" ")}`);
    return 2;
  }
  const seed = Number(values.seed);
  const whole = inTimeOrder(await readPackets(background!, labels!));
  let packets = whole.filter(({ attack }) => attack === undefined);
  if (names.length > 0) {
    packets = plantAttacks(packets, {
      names,
      seed,
      share: Number(values.share),
      seconds: Number(values.seconds),
      pauseSeconds: Number(values.pause),
      pace: Number(values.pace),
    });
  }
  const factor = Number(values.own);
  if (factor > 0) {
    const scaled = scaleAttacks(whole, { factor, names: values["own-names"]?.split(","), seed });
    packets = inTimeOrder([...packets, ...scaled.filter(({ attack }) => attack !== undefined)]);
  }
  writePackets(target!, packets);
  writeLabels(targetLabels, packets);
  say(attackTable(packets));
  return 0;
}

/** @returns undefined where one is not known */
function chosenAttacks(): string[] | undefined {
  if (values.attacks === "none") return [];
  if (values.attacks === "all") return Object.keys(attacks);
  const names = values.attacks.split(",");
  return names.every((name) => Object.hasOwn(attacks, name)) ? names : undefined;
}

process.exitCode = await run();
