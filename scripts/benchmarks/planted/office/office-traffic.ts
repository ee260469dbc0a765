/** Twenty minutes, or as long as is asked for, of an office at work. */
import { SeededRandom } from "../../../../src/analyzer/anomaly/seeded-random.ts";
import { about, pick } from "../chance.ts";
import { inTimeOrder, type TimedPacket } from "../timed-packets.ts";
import { browse, keepInTouch, videoCall } from "./browsing.ts";
import {
  announceRouter,
  askTheTime,
  askWhereOthersAre,
  findNeighbours,
  lookForServices,
  renewAddresses,
} from "./chatter.ts";
import { furnishOffice } from "./office.ts";
import { backUp, poll, print, useFiles, useTerminal } from "./servers.ts";

/** 2025-11-04, 08:00 UTC. */
const startUs = 1_762_243_200_000_000;
const calls = 3;
/** Of the whole time. */
const callShare = 0.08;
const terminals = 4;
const backupBytesPerSecond = 30_000;

export interface TrafficOptions {
  seconds: number;
  workstations: number;
  seed: number;
}

export function officeTraffic({ seconds, workstations, seed }: TrafficOptions): TimedPacket[] {
  const random = new SeededRandom(seed);
  const packets: TimedPacket[] = [];
  const endUs = startUs + seconds * 1e6;
  const emit = (atUs: number, data: Buffer) => {
    if (atUs < endUs) packets.push({ atUs: Math.floor(atUs), data, wire: data.length });
  };
  const office = furnishOffice({ random, emit, startUs, seconds, workstations });
  for (const host of office.workstations) {
    browse(office, host);
    keepInTouch(office, host);
    askWhereOthersAre(office, host);
    findNeighbours(office, host);
    askTheTime(office, host);
    lookForServices(office, host);
    if (random.below(3) > 0) useFiles(office, host);
  }
  for (let i = 0; i < terminals; i++)
    useTerminal(
      office,
      pick(random, office.workstations),
      pick(random, [office.backupServer, office.monitor]),
    );
  for (let i = 0; i < calls; i++) {
    const beganUs = startUs + about(random, (seconds * 1e6 * (i + 1)) / (calls + 1), 0.2);
    videoCall(
      office,
      pick(random, office.workstations),
      pick(random, office.sites),
      beganUs,
      seconds * callShare,
    );
  }
  backUp(office, office.fileServer, startUs + seconds * 0.3e6, seconds * backupBytesPerSecond);
  print(office);
  poll(office);
  renewAddresses(office);
  announceRouter(office);
  return inTimeOrder(packets);
}
