/**
 * Plants attacks into ordinary traffic, one after another in slots of equal length; the slow ones, which are
 * nothing without time, run beside them from the first slot on. All get as many packets as each other, so that
 * together they are the share that was asked for; what one has no time for is divided among those that have.
 */
import { SeededRandom } from "../../../src/analyzer/anomaly/seeded-random.ts";
import type { Attack, Scene } from "./attack.ts";
import { attacks, slowAttacks } from "./catalogue.ts";
import { Cast, findHosts, type Host } from "./lan.ts";
import { inTimeOrder, type TimedPacket } from "./timed-packets.ts";

export interface PlantOptions {
  names: readonly string[];
  /** Of all packets, those of attacks. */
  share: number;
  seed: number;
  /** The longest that an attack lasts, where its slot is longer. */
  seconds: number;
  /** Between the end of a slot and the next. */
  pauseSeconds: number;
  /** Steps follow each other this many times as fast; those of slow attacks as ever. */
  pace: number;
}

interface Slot {
  name: string;
  attack: Attack;
  startUs: number;
  endUs: number;
  seed: number;
  /** Which host is the first to be taken. */
  firstHost: number;
}

/** Hosts between the victims of one attack and those of the next. */
const hostsApart = 3;
/** Rounds of dividing what was left over. */
const rounds = 12;

/** @param background ordinary packets of Ethernet, in order of time */
export function plantAttacks(background: readonly TimedPacket[], options: PlantOptions): TimedPacket[] {
  const found = findHosts(background);
  if (found.length === 0) throw new Error("no host of a private network is in the background");
  const order = new SeededRandom(options.seed).sample(found.length, found.length);
  const hosts = Array.from(order, (place) => found[place]!);
  const slots = planSlots(background, options);
  const budget = Math.round((background.length * options.share) / (1 - options.share));
  let planted: TimedPacket[][] = [];
  let quota = budget / slots.length;
  for (let round = 0; round < rounds; round++) {
    planted = slots.map((slot) => runSlot(slot, hosts, quota, slowAttacks.has(slot.name) ? 1 : options.pace));
    const counts = planted.map((own) => own.filter(({ attack }) => attack !== undefined).length);
    const missing = budget - counts.reduce((sum, count) => sum + count, 0);
    const eager = counts.filter((count) => count >= quota).length;
    if (eager === 0 || missing < eager) break;
    quota += missing / eager;
  }
  return inTimeOrder([...background, ...planted.flat()]);
}

function planSlots(background: readonly TimedPacket[], options: PlantOptions): Slot[] {
  const random = new SeededRandom(options.seed);
  const firstUs = background[0]!.atUs;
  const lastUs = background.at(-1)!.atUs;
  const order = Array.from(random.sample(options.names.length, options.names.length));
  const fast = options.names.filter((name) => !slowAttacks.has(name)).length;
  const slotUs = (lastUs - firstUs) / (fast + 0.5);
  let begun = 0;
  return order.map((place) => {
    const name = options.names[place]!;
    const attack = attacks[name]!;
    // A seed of its own: an attack is the same whichever others there are.
    const index = Object.keys(attacks).indexOf(name);
    const seed = options.seed * 1009 + index;
    const firstHost = index * hostsApart;
    if (slowAttacks.has(name)) {
      const startUs = firstUs + slotUs * random.fraction();
      return { name, attack, startUs, endUs: lastUs, seed, firstHost };
    }
    const startUs = firstUs + slotUs * (0.5 + begun++);
    const lengthUs = Math.min(options.seconds * 1e6, Math.max(0, slotUs - options.pauseSeconds * 1e6));
    return { name, attack, startUs, endUs: startUs + lengthUs, seed, firstHost };
  });
}

/** The steps until the quota is reached or the time is over. A step that has begun is finished in time. */
function runSlot(slot: Slot, hosts: readonly Host[], quota: number, pace: number): TimedPacket[] {
  const { name, attack, startUs, endUs, seed, firstHost } = slot;
  const random = new SeededRandom(seed);
  const packets: TimedPacket[] = [];
  const progress = { own: 0 };
  const add = (atUs: number, data: Buffer, label: string | undefined) => {
    if (atUs >= endUs) return;
    packets.push({ atUs: Math.floor(atUs), data, wire: data.length, attack: label });
    if (label !== undefined) progress.own++;
  };
  const scene: Scene = {
    random,
    cast: new Cast(random, hosts, firstHost),
    emit: (atUs, frame) => add(atUs, frame, name),
    emitOrdinary: (atUs, frame) => add(atUs, frame, undefined),
  };
  const step = attack(scene);
  let atUs = startUs;
  do atUs += Math.max(1, step(atUs) / pace);
  while (atUs < endUs && progress.own < quota);
  return packets;
}
