/** The page of a live capture in a real browser, both inside a network namespace: every panel draws. */
import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { isBlank, type Looked } from "../analyzer/dashboard/drawn-panels.test-support.ts";
import { chromium } from "../lib/browser.test-support.ts";
import { writeOffice, writeSynFlood } from "./attacks.test-support.ts";
import { emptyFolder } from "./executable.test-support.ts";
import { LiveDashboard } from "./live-dashboard.test-support.ts";
import { missingForNamespaces, TwoNamespaces } from "./two-namespaces.test-support.ts";

const clone = [process.execPath, resolve(import.meta.dir, "../main.ts")];
const looker = resolve(import.meta.dir, "../analyzer/dashboard/drawn-panels.test-support.ts");

/** Looks from inside the namespace, where alone the dashboard can be reached. */
const look = `
const { lookAtPanels } = await import(${JSON.stringify(looker)});
console.log(JSON.stringify(await lookAtPanels(process.argv[1], 1)));`;

test("every panel of a live capture draws, and axe finds nothing to blame", async () => {
  const missing = chromium === undefined ? "there is no Chromium" : missingForNamespaces("tcpreplay");
  if (missing !== undefined) {
    process.stderr.write(`skipped: the page of a live capture: ${missing}\n`);
    return;
  }
  const folder = emptyFolder();
  const net = new TwoNamespaces();
  const live = await LiveDashboard.start(net.inside(net.receiver), clone, [], {});
  try {
    writeOffice(join(folder, "office.pcap"), 240);
    writeSynFlood(join(folder, "flood.pcap"), "10.77.0.2", 2000);
    const office = net.replayAsCaptured(join(folder, "office.pcap"));
    await net.replayAtRate(join(folder, "flood.pcap"), 1000);
    await live.until(({ alerts, packets }) => alerts.length > 0 && packets > 2000);
    const { drawn, blamed, readable, tooWide, errors } = JSON.parse(await live.run(look)) as Looked;
    office.kill();
    expect(drawn.filter(isBlank)).toEqual([]);
    expect(drawn.length).toBeGreaterThan(90);
    expect(blamed).toEqual([]);
    expect(readable).toBeGreaterThan(1000);
    expect(tooWide).toEqual([]);
    expect(errors).toEqual([]);
  } finally {
    await live.stop();
    net.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);
