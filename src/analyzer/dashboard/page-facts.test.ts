/** What the header says, what is different between two captures, and what a report file holds, without a browser. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Glob } from "bun";
import { compareNumbers, compareProtocols } from "../../../public/analyzer/compare/compare-reports.ts";
import type { DataSource } from "../../../public/analyzer/data-source.ts";
import { EmbeddedData } from "../../../public/analyzer/embedded-data.ts";
import { loadHead } from "../../../public/analyzer/header/load-head.ts";
import { summaryFacts, warningSentences } from "../../../public/analyzer/header/summary-facts.ts";
import { Refusal } from "../../../public/analyzer/refusal.ts";
import type { LiveSnapshot, ReportAnswer } from "./contract.ts";

const report: ReportAnswer = {
  source: { kind: "file", name: "lab/one.pcap", linkTypes: ["ethernet"] },
  packets: 1000,
  bytes: 500_000,
  capturedBytes: 500_000,
  firstTime: 1_700_000_000,
  lastTime: 1_700_000_010,
  durationSeconds: 10,
  averagePacketSize: 500,
  layers: {},
  protocols: { tls: { packets: 600, bytes: 400_000 }, dns: { packets: 400, bytes: 100_000 } },
  sizes: {},
  series: { step: 1, time: [], packets: [], bytes: [] },
  hosts: { total: 3, evicted: 0, top: [] },
  flows: { total: 5, evicted: 0, top: [], transports: noTransports() },
  conversations: { total: 2, evicted: 0, top: [] },
  pcs: {},
  truncated: 0,
  malformed: 0,
  dropped: 7,
  warnings: ["The capture ends in the middle of a packet."],
};

const anomalies: NonNullable<ReportAnswer["anomalies"]> = {
  scored: 1000,
  flagged: 12,
  threshold: 0.612,
  thresholdRule: "The rule.",
  learning: false,
  top: [],
  episodes: [],
  episodesTotal: 0,
  episodesEvicted: 0,
  evicted: 0,
  unjudged: 0,
  expectedPackets: 0,
};

const snapshot: LiveSnapshot = {
  packets: 985,
  bytes: 1,
  lastTime: null,
  packetsPerSecond: 50,
  bytesPerSecond: 1000,
  droppedByKernel: 10,
  droppedByPcs: 5,
  flagged: null,
  learning: true,
  live: true,
};

/** `Lost: 7`, or with its note `Lost: 7 (by the kernel)`. */
function told(...given: Parameters<typeof summaryFacts>): string[] {
  return summaryFacts(...given).map(
    ({ label, value, note }) => `${label}: ${value}${note === undefined ? "" : ` (${note})`}`,
  );
}

describe("the header", () => {
  test("of a capture file", () => {
    const facts = told(report, undefined, undefined);
    expect(facts).toContain("Packets: 1,000");
    expect(facts).toContain("Bytes on the wire: 500 kB");
    expect(facts).toContain("Average rate: 400 kbit/s (100 packets/s)");
    expect(facts).toContain("Abnormal: – (not looked for)");
    expect(facts).toContain("Lost: 7");
    expect(facts.join()).not.toMatch(/Malformed|Cut short|Now/);
    expect(told({ ...report, malformed: 3, truncated: 2 }, 4000, undefined)).toEqual(
      expect.arrayContaining(["Malformed: 3", "Cut short: 2", "Packets: 1,000 (25.0 % of 4,000)"]),
    );
  });

  test("of a capture without packets", () => {
    const nothing = { packets: 0, bytes: 0, durationSeconds: 0, averagePacketSize: 0, dropped: 0 };
    expect(told({ ...report, ...nothing, firstTime: null, lastTime: null }, undefined, undefined)).toEqual([
      "Packets: 0",
      "Bytes on the wire: 0 B",
      "Abnormal: – (not looked for)",
      "Lost: 0",
    ]);
  });

  test("says of a running capture who lost packets, and how fast they come", () => {
    const source = { ...report.source, kind: "interface" as const };
    const facts = told({ ...report, source, live: true }, undefined, snapshot);
    expect(facts).toContain("Lost: 15 (kernel 10, pcs 5)");
    expect(facts).toContain("Now: 8 kbit/s (50 packets/s)");
    const none = { ...snapshot, droppedByKernel: 0, droppedByPcs: 0, live: false };
    expect(told({ ...report, source }, undefined, none)).toContain("Lost: 0 (by the kernel and by pcs)");
  });

  test.each([
    [{}, "Abnormal: 12 (score from 0.61)"],
    [{ learning: true }, "Abnormal: 12 (still learning)"],
    [{ threshold: null, flagged: 0 }, "Abnormal: 0 (too little seen to score)"],
    [{ unjudged: 1234 }, "Abnormal: 12 (score from 0.61, 1,234 not judged)"],
  ])("of the detector %p", (changes, wanted) => {
    const live = { ...report, live: true as const, anomalies: { ...anomalies, ...changes } };
    expect(told(live, undefined, undefined)).toContain(wanted);
  });

  test("that learns no more, when the capture has ended", () => {
    const ended = { ...anomalies, learning: true, threshold: null, flagged: 0 };
    expect(told({ ...report, anomalies: ended }, undefined, undefined)).toContain(
      "Abnormal: 0 (too little seen to score)",
    );
  });

  test("warns of what a filter cannot see", () => {
    expect(warningSentences(report)).toEqual(report.warnings);
    const selection = { firstStored: 1001, lastStored: 9000 };
    expect(warningSentences({ ...report, selection }).at(-1)).toBe(
      "Filters see packets 1,001 to 9,000: the earlier ones are no longer stored.",
    );
  });
});

describe("the head of a selection", () => {
  const selection = { firstStored: 1, lastStored: 9 };
  const never = new AbortController().signal;

  test("has its anomalies from the route of their own, where they are looked for", async () => {
    const part = { ...report, selection };
    const both = source({ "/api/report": part, "/api/anomalies": anomalies });
    expect(await loadHead(both, { q: "dns" }, never)).toEqual({ ...part, anomalies });
    expect(
      await loadHead(source({ "/api/report": part, "/api/anomalies": 404 }), { q: "dns" }, never),
    ).toEqual(part);
  });

  test("is that of the whole capture where the filter is wrong, and fails where all fails", async () => {
    expect(
      await loadHead(source({ "/api/report": 400, "/api/report of all": report }), { q: "(" }, never),
    ).toEqual(report);
    expect(loadHead(source({ "/api/report": 500 }), { q: "dns" }, never)).rejects.toThrow("No.");
  });
});

describe("two captures", () => {
  const other: ReportAnswer = {
    ...report,
    packets: 1500,
    protocols: { tls: { packets: 1500, bytes: 1 }, mdns: { packets: 0, bytes: 0 } },
    dropped: 0,
  };

  test("have their numbers side by side", () => {
    const rows = compareNumbers(report, other).map(({ name, a, b, difference }) => [name, a, b, difference]);
    expect(rows).toContainEqual(["Packets", "1,000", "1,500", "+50 %"]);
    expect(rows).toContainEqual(["Bytes on the wire", "500 kB", "500 kB", "same"]);
    expect(rows).toContainEqual(["Lost", "7", "0", "gone"]);
  });

  test("have shares that differ in points", () => {
    const rows = compareProtocols(report, other).map(({ name, a, b, difference }) => [
      name,
      a,
      b,
      difference,
    ]);
    expect(rows).toEqual([
      ["tls", "60.0 %", "100.0 %", "+40 points"],
      ["dns", "40.0 %", "0.0 %", "gone"],
      ["mdns", "0.0 %", "0.0 %", "same"],
    ]);
  });
});

describe("a report file", () => {
  const rows = [5, 1, 9, 3].map((bytes, i) => ({ name: i === 2 ? null : `row ${i}`, bytes }));
  const data = new EmbeddedData(
    JSON.stringify({
      report,
      series: report.series,
      hosts: { total: 900, offset: 0, rows },
      details: { 7: { number: 7 } },
    }),
  );

  test("answers what it holds", async () => {
    expect(await data.get("/api/report", { src: "ignored" })).toEqual(report);
    expect(await data.get("/api/series", { by: "protocol" })).toEqual(report.series);
    expect((await data.get("/api/packets/:number", { number: "7" })).number).toBe(7);
  });

  test("gives its rows in parts, in the order asked for, and no more than it has", async () => {
    const bytes = async (sort: string, offset: string, limit: string): Promise<number[]> =>
      (await data.get("/api/hosts", { sort, offset, limit })).rows.map(
        (row) => (row as unknown as { bytes: number }).bytes,
      );
    expect(await bytes("bytes", "0", "10")).toEqual([1, 3, 5, 9]);
    expect(await bytes("-bytes", "1", "2")).toEqual([5, 3]);
    expect(await bytes("name", "0", "1")).toEqual([9]);
    const both = new EmbeddedData(
      JSON.stringify({
        hosts: {
          rows: [
            { bytesIn: 3, bytesOut: 4 },
            { bytesIn: 5, bytesOut: 0 },
          ],
        },
      }),
    );
    expect((await both.get("/api/hosts", { sort: "-bytes" })).rows.map(({ bytesIn }) => bytesIn)).toEqual([
      3, 5,
    ]);
    expect((await data.get("/api/hosts", {})).total).toBe(rows.length);
  });

  test("says so where it has nothing", async () => {
    for (const route of ["/api/anomalies", "/api/captures", "/api/packets/:number"] as const)
      expect(data.get(route, { number: "8" })).rejects.toThrow(
        "This is a report file: it holds no more than what is shown.",
      );
  });
});

test("nothing that comes out of a packet can become markup, and nothing is fetched from elsewhere", () => {
  const folder = resolve(import.meta.dir, "../../../public/analyzer");
  const files = [...new Glob("**/*.{ts,css,html}").scanSync(folder)];
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8");
    const found = text.match(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML|srcdoc|\beval\(|new Function|javascript:/,
    );
    expect([file, found?.[0]]).toEqual([file, undefined]);
    const elsewhere = text.replaceAll("http://www.w3.org/2000/svg", "").match(/https?:\/\/|url\(/);
    expect([file, elsewhere?.[0]]).toEqual([file, undefined]);
  }
});

function noTransports(): ReportAnswer["flows"]["transports"] {
  const none = { flows: 0, packets: 0, bytes: 0 };
  return { tcp: none, udp: none, sctp: none };
}

/** @param answers by route; a number is the status of a refusal */
function source(answers: Record<string, unknown>): DataSource {
  return {
    isFile: false,
    get: (route, { q }) => {
      const answer = answers[q === undefined ? `${route} of all` : route];
      if (typeof answer !== "number") return Promise.resolve(answer as never);
      return Promise.reject(new Refusal({ error: { code: "no", message: "No." } }, answer));
    },
  };
}
