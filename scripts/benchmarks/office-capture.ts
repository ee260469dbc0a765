/**
 * An ordinary capture of an office, without any attack, for false alarms and as a background of planted ones:
 * web, names, files, prints, terminals, calls, a backup, the poll of devices, and what machines say by themselves.
 * The same seed gives the same bytes.
 *
 *   office-capture.ts TARGET.pcap [--seconds N] [--workstations N] [--seed N]   (default 1200, 30, 1)
 */
import { parseArgs } from "node:util";
import { say } from "./peers.ts";
import { officeTraffic } from "./planted/office/office-traffic.ts";
import { writePackets } from "./planted/timed-packets.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "1200" },
    workstations: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
  },
});

if (positionals[0] === undefined) {
  say("usage: office-capture.ts TARGET.pcap [--seconds N] [--workstations N] [--seed N]");
  process.exitCode = 2;
} else {
  const [seconds, workstations, seed] = [values.seconds, values.workstations, values.seed].map(Number);
  const packets = officeTraffic({ seconds: seconds!, workstations: workstations!, seed: seed! });
  writePackets(positionals[0], packets);
  say(`${packets.length} packets`);
}
