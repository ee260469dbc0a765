/**
 * Alerts of a live capture: a port scan and floods between two namespaces are episodes in the dashboard's report
 * within three seconds of their beginning, with the right hosts named: while what is ordinary is still being
 * learnt, when it has been, and when packets come faster than all of them can be judged. Where other programs
 * have the cores, the time for which pcs was ready to run and could not is not its own, and does not count.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeIcmpFlood, writeOffice, writeSynFlood, writeUdpFlood } from "./attacks.test-support.ts";
import { emptyFolder } from "./executable.test-support.ts";
import { LiveDashboard, type LiveAlert } from "./live-dashboard.test-support.ts";
import { missingForNamespaces, TwoNamespaces } from "./two-namespaces.test-support.ts";

const clone = [process.execPath, resolve(import.meta.dir, "../main.ts")];
const allowedMs = 3000;
/** Of ordinary traffic that goes on all the time: longer than all tests take. */
const officeSeconds = 120;
/** Of a flood: seconds of it, so that the first of them must be enough. */
const packets = 2000;
const packetsPerSecond = 500;
const floodSeconds = 4;

/** Asks for a connection to one port after the other, from the first address to the second. */
const connectScan = `
const { connect } = require("node:net");
const [localAddress, host] = process.argv.slice(1);
for (let port = 1; port <= 300; port++)
  await new Promise((resolve) => connect({ host, port, localAddress }).on("close", resolve).on("error", () => {}));`;

describe("alerts of a live capture", () => {
  const missing = missingForNamespaces("tcpreplay");
  if (missing !== undefined) {
    process.stderr.write(`skipped: alerts of a live capture: ${missing}\n`);
    return;
  }
  let folder = "";
  let net: TwoNamespaces;
  let live: LiveDashboard;
  /** What there is by now, to be taken away again, the latest first. */
  const undo: (() => unknown)[] = [];
  const file = (name: string): string => join(folder, `${name}.pcap`);

  beforeAll(async () => {
    folder = emptyFolder();
    undo.push(() => rmSync(folder, { recursive: true, force: true }));
    net = new TwoNamespaces();
    undo.push(() => net.remove());
    writeOffice(file("office"), officeSeconds);
    live = await LiveDashboard.start(net.inside(net.receiver), clone, [], {});
    undo.push(() => live.stop());
    const office = net.replayAsCaptured(file("office"));
    undo.push(() => office.kill());
    await live.until((state) => state.packets > 20);
  }, 60_000);
  afterAll(async () => {
    for (const each of undo.toReversed()) await each();
  });

  /** @param hosts whom the alert must be about, and who else must be named */
  async function expectAlert(name: string, hosts: string[], attack: () => Promise<unknown>): Promise<void> {
    const beganAt = Date.now();
    const waitedBefore = live.waitedMs;
    const isIt = (alert: LiveAlert): boolean =>
      alert.hosts[0] === hosts[0] && hosts.every((host) => alert.hosts.includes(host));
    const ended = attack();
    const { at, learning, alerts } = await live.until((state) => state.alerts.some(isIt));
    const { start, title } = alerts.find(isIt)!;
    const waited = live.waitedMs - waitedBefore;
    await ended;
    process.stderr.write(
      `${name}${learning ? ", still learning" : ""}: told ${at - beganAt} ms after its start ` +
        `(${Math.round(waited)} ms without a core), ${Math.round(at - start * 1000)} ms after its first packet ` +
        `that is flagged: ${title}\n`,
    );
    expect(at - beganAt - waited).toBeLessThan(allowedMs);
  }

  /** Each time between other hosts, so that no alert is taken for one before; all hosts are there, and answer. */
  function testAttacks(when: string, number: number, replay: (path: string) => Promise<unknown>): void {
    const of = (side: string, last: number): string => {
      const address = `10.77.0.${number}${last}`;
      net.addAddress(side, address);
      return address;
    };
    test(`${when}: connections to 300 ports`, async () => {
      const [scanner, scanned] = [of(net.sender, 1), of(net.receiver, 2)];
      await expectAlert("port scan", [scanner, scanned], () =>
        net.run(net.sender, process.execPath, "-e", connectScan, scanner, scanned),
      );
    }, 30_000);
    test(`${when}: SYN of as many sources`, async () => {
      const victim = of(net.receiver, 3);
      writeSynFlood(file("syn"), victim, packets);
      await expectAlert("SYN flood", [victim], () => replay(file("syn")));
    }, 30_000);
    test(`${when}: datagrams of one source`, async () => {
      const [source, victim] = [of(net.sender, 4), of(net.receiver, 5)];
      writeUdpFlood(file("udp"), source, victim, packets);
      await expectAlert("UDP flood", [victim, source], () => replay(file("udp")));
    }, 30_000);
    test(`${when}: echo requests of one source`, async () => {
      const [source, victim] = [of(net.sender, 6), of(net.receiver, 7)];
      writeIcmpFlood(file("icmp"), source, victim, packets);
      await expectAlert("ICMP flood", [victim, source], () => replay(file("icmp")));
    }, 30_000);
  }

  testAttacks("while it is learning", 1, (path) => net.replayAtRate(path, packetsPerSecond));
  test("it has learnt what is ordinary", async () => {
    await live.until((state) => !state.learning, 60_000);
  }, 70_000);
  testAttacks("when it has learnt", 2, (path) => net.replayAtRate(path, packetsPerSecond));
  testAttacks("faster than all can be judged", 3, (path) => net.replay(path, 50 * packets, floodSeconds));
});
