/** What an attack is here: begun once, then one step after another, for as long as it is given time and packets. */
import type { SeededRandom } from "../../../src/analyzer/anomaly/seeded-random.ts";
import type { Cast } from "./lan.ts";

export interface Scene {
  readonly random: SeededRandom;
  readonly cast: Cast;
  /** Adds a frame of the attack: what the attacker sends, and what others send only because of it. */
  emit(this: void, atUs: number, frame: Buffer): void;
  /** Adds a frame that is none, though the attack waits for it. */
  emitOrdinary(this: void, atUs: number, frame: Buffer): void;
}

/** Adds what happens from `atUs` on, and tells after how many microseconds the next step begins. */
export type Step = (atUs: number) => number;

/** Chooses victims, ports and pace by the scene's chance. */
export type Attack = (scene: Scene) => Step;
