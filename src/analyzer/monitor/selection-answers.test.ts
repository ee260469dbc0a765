import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { openCaptureFile } from "../capture/open-capture.ts";
import { keepNothing } from "../store/byte-keeper.ts";
import { StoredPackets } from "../store/stored-packets.ts";
import { parseSelectionQuery } from "../query/selection-query.ts";
import { LiveMonitor } from "./live-monitor.ts";
import type { Report } from "./report.ts";

const captures = join(resolve(import.meta.dir, "../../.."), "../shared/captures");

async function monitorOf(file: string): Promise<LiveMonitor> {
  const store = new StoredPackets(keepNothing("this is a test"), true);
  const monitor = new LiveMonitor(await openCaptureFile(file), { store, now: () => 0 });
  await monitor.run();
  return monitor;
}

function reportOf({ answers }: LiveMonitor, query: string): Report {
  const filter = parseSelectionQuery(new URLSearchParams(query));
  if (filter.kind === "problem") throw new Error(filter.message);
  return answers!.report(answers!.select(filter)).report;
}

/** Without what the columns of packets cannot tell. */
function comparable(report: Report): Report {
  return { ...report, pcs: {}, warnings: [] };
}

describe("a selection of everything", () => {
  const folders = ["mix", "tcpdump", "gopacket", "scapy"].map((name) => join(captures, name));
  if (!folders.every((folder) => existsSync(folder))) {
    process.stderr.write("skipped: ../shared/captures are needed to compare reports with\n");
    return;
  }
  for (const folder of folders)
    test(`has the report that was counted as the packets came: ${folder.slice(captures.length + 1)}`, async () => {
      for (const name of readdirSync(folder)) {
        if (name.endsWith(".csv.gz")) continue;
        const monitor = await monitorOf(join(folder, name)).catch(() => undefined);
        if (monitor === undefined) continue;
        const streamed = monitor.current().report;
        expect([name, comparable(reportOf(monitor, ""))]).toEqual([name, comparable(streamed)]);
      }
    }, 300_000);
});
