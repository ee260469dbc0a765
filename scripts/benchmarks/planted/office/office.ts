/** Who is in the office: a network of workstations, a few servers and devices, and the sites outside they visit. */
import type { SeededRandom } from "../../../../src/analyzer/anomaly/seeded-random.ts";
import { between, cardMac, outsideIp, pick, randomText } from "../chance.ts";
import type { Station } from "../frames.ts";
import type { Emit } from "../tcp-conversation.ts";

export interface Site {
  name: string;
  station: Station;
  roundTripUs: number;
}

export interface Workstation extends Station {
  name: string;
}

export interface Office {
  random: SeededRandom;
  emit: Emit;
  startUs: number;
  endUs: number;
  workstations: readonly Workstation[];
  gateway: Station;
  /** Also answers DNS. */
  fileServer: Station;
  printers: readonly Station[];
  switches: readonly Station[];
  monitor: Station;
  backupServer: Station;
  sites: readonly Site[];
}

const network = 0xc0a82800;
const siteCount = 80;

export interface OfficeOptions {
  random: SeededRandom;
  emit: Emit;
  startUs: number;
  seconds: number;
  workstations: number;
}

export function furnishOffice({ random, emit, startUs, seconds, workstations }: OfficeOptions): Office {
  const at = (last: number, ttl: number): Station => ({
    mac: cardMac(random),
    ip: network + last,
    ttl,
    pads: true,
  });
  const gateway = at(1, 64);
  return {
    random,
    emit,
    startUs,
    endUs: startUs + seconds * 1e6,
    gateway,
    fileServer: at(5, 128),
    backupServer: at(6, 64),
    monitor: at(9, 64),
    printers: [at(20, 255), at(21, 255)],
    switches: [at(250, 64), at(251, 64), at(252, 64)],
    workstations: Array.from({ length: workstations }, (_, i) => ({
      ...at(100 + i, pick(random, [64, 128, 128])),
      name: `${pick(random, ["desktop", "laptop", "mac"])}-${randomText(random, 6)}`,
    })),
    sites: Array.from({ length: siteCount }, () => ({
      name: `${pick(random, ["www", "cdn", "api", "static"])}.${randomText(random, between(random, 4, 11))}.com`,
      station: { mac: gateway.mac, ip: outsideIp(random), ttl: between(random, 46, 58), pads: true },
      roundTripUs: between(random, 6000, 110_000),
    })),
  };
}

/** Some sites are visited far more often than others. */
export function popularSite({ random, sites }: Office): Site {
  return sites[Math.floor(sites.length * random.fraction() ** 3)]!;
}

/** Calls `happen` at times that nobody planned, `meanSeconds` apart, from the start of the office to its end. */
export function nowAndThen(
  office: Office,
  meanSeconds: number,
  happen: (atUs: number) => number | void,
): void {
  const { random, startUs, endUs } = office;
  let atUs = startUs - Math.log(1 - random.fraction()) * meanSeconds * 1e6;
  while (atUs < endUs) {
    const doneUs = happen(atUs) ?? atUs;
    atUs = Math.max(doneUs, atUs) - Math.log(1 - random.fraction()) * meanSeconds * 1e6;
  }
}
