/** Tables, episodes and exports of the page, as far as they need no browser. */
import { describe, expect, test } from "bun:test";
import { detectorSentences } from "../../../public/analyzer/anomalies/detector-sentences.ts";
import { episodeSelection } from "../../../public/analyzer/anomalies/episode-selection.ts";
import { measuredText } from "../../../public/analyzer/anomalies/measured-text.ts";
import { lanesOf, timelineBars } from "../../../public/analyzer/anomalies/timeline-lanes.ts";
import { exportAddress } from "../../../public/analyzer/export-address.ts";
import { isIpAddress } from "../../../public/analyzer/ip-address.ts";
import { pageWindow, rowsOfTable } from "../../../public/analyzer/tables/page-window.ts";
import { nextSort, ownOrder, parseSort } from "../../../public/analyzer/tables/sort-order.ts";
import { mostOf } from "../../../public/analyzer/tables/most-of.ts";

test("a head sorts by its own direction first, and then by the other", () => {
  expect(nextSort(undefined, "flows", "descending")).toBe("-flows");
  expect(nextSort("-flows", "flows", "descending")).toBe("flows");
  expect(nextSort("flows", "flows", "descending")).toBe("-flows");
  expect(nextSort("-flows", "source", "ascending")).toBe("source");
  expect(nextSort("source", "source", "ascending")).toBe("-source");
  expect(parseSort("-rttMs")).toEqual({ column: "rttMs", direction: "descending" });
  expect(parseSort(undefined)).toEqual({ column: ownOrder, direction: "descending" });
  expect(nextSort("-source", ownOrder, "descending")).toBe("-bytes");
  expect(nextSort(undefined, ownOrder, "descending")).toBe("bytes");
});

test("paging", () => {
  expect(pageWindow(0, 0, 0)).toEqual({ previous: undefined, next: undefined, text: "" });
  expect(pageWindow(0, 3, 3)).toEqual({ previous: undefined, next: undefined, text: "1 to 3 of 3" });
  expect(pageWindow(rowsOfTable, rowsOfTable, 9334)).toEqual({
    previous: 0,
    next: 2 * rowsOfTable,
    text: "51 to 100 of 9,334",
  });
  expect(pageWindow(20, rowsOfTable, 70).previous).toBe(0);
  // Of a running capture rows may have gone since.
  expect(pageWindow(100, 0, 60)).toEqual({ previous: 50, next: undefined, text: "" });
  expect(mostOf([{ b: 3 }, { b: 7 }], ({ b }) => b)).toBe(7);
  expect(mostOf([], () => 1)).toBe(0);
});

test("a file holds exactly what is selected", () => {
  expect(exportAddress("pcap", {})).toBe("/api/export.pcap");
  const address = new URL(
    exportAddress("csv", { q: "src 10.0.0.0/8 & # ü", from: "1.5", capture: "2" }),
    "http://pcs",
  );
  expect(address.pathname).toBe("/api/export.csv");
  expect(Object.fromEntries(address.searchParams)).toEqual({
    q: "src 10.0.0.0/8 & # ü",
    from: "1.5",
    capture: "2",
  });
});

describe("from an episode to its packets", () => {
  const times = { start: 1_760_000_534.031_892, end: 1_760_000_539.194_178 };

  test("two hosts are both named, of many only the one it is about", () => {
    const pair = { hosts: ["10.0.0.1", "fe80::1"], hostCount: 2, protocols: ["tcp"], ...times };
    expect(episodeSelection(pair, "2")).toEqual({
      capture: "2",
      q: "host 10.0.0.1 and host fe80::1",
      from: "1760000534.031890",
      to: "1760000539.194180",
    });
    expect(episodeSelection({ ...pair, hostCount: 3000 }).q).toBe("host 10.0.0.1");
  });

  test("ARP is selected by its name, link addresses not at all", () => {
    const arp = { hosts: ["10.0.0.1", "10.0.0.2"], hostCount: 2, protocols: ["arp"], ...times };
    expect(episodeSelection(arp).q).toBe("arp");
    expect(episodeSelection({ ...arp, protocols: ["tcp", "arp"] }).q).toBe(
      "(host 10.0.0.1 and host 10.0.0.2) or arp",
    );
    const link = { ...arp, hosts: ["00:0b:db:94:14:70"], hostCount: 1, protocols: ["other"] };
    expect(episodeSelection(link).q).toBeUndefined();
    expect(["2001:db8::1", "10.0.0.1", "00:0b:db:94:14:70", "unknown"].map(isIpAddress)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("without times there is no span", () => {
    const timeless = {
      hosts: ["10.0.0.1"],
      hostCount: 1,
      protocols: ["udp"],
      start: Number.NaN,
      end: Number.NaN,
    };
    expect(episodeSelection(timeless)).toEqual({ q: "host 10.0.0.1" });
    const { start, end } = JSON.parse('{"start":null,"end":null}') as typeof timeless;
    expect(episodeSelection({ ...timeless, start, end })).toEqual({ q: "host 10.0.0.1" });
  });
});

describe("the strip of episodes", () => {
  const whole = { start: 100, end: 200 };

  test("what overlaps lies in lanes, and a moment can be seen too", () => {
    const bars = timelineBars(
      [
        { start: 150, end: 150 },
        { start: 100, end: 160 },
        { start: 170, end: 200 },
        { start: 200, end: 200 },
      ],
      whole,
      0.01,
    );
    expect(bars.map(({ lane }) => lane)).toEqual([1, 0, 0, 1]);
    expect(bars[0]).toEqual({ left: 0.5, width: 0.01, lane: 1 });
    expect(bars[3]!.left + bars[3]!.width).toBeCloseTo(1);
    expect(lanesOf(bars)).toBe(2);
  });

  test("however many there are at once, the strip stays low, and nothing leaves it", () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ start: 50 + i, end: 500 }));
    const bars = timelineBars(many, whole, 0.01);
    expect(lanesOf(bars)).toBe(6);
    for (const { left, width } of bars) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(1.000_001);
    }
  });
});

test("what was measured, and what is typical", () => {
  const reason = { feature: "packet.size", weight: 1, text: "" };
  const typical = { low: 0, median: 0.5218, high: 1854 };
  expect(measuredText({ ...reason, value: 2.264, typical })).toBe(
    "packet.size: 2.26, typical 0 to 1,854, mostly 0.522",
  );
  expect(measuredText({ ...reason, value: "a", typical: "b" })).toBe("packet.size: a, usually b");
  expect(measuredText({ ...reason, value: 1979, typical: "one of five" })).toBe(
    "packet.size: 1,979, usually one of five",
  );
  expect(measuredText({ ...reason, value: "a", typical: null })).toBe("packet.size: a");
});

test("how anomalies were looked for is said whole", () => {
  const answer = {
    scored: 1000,
    flagged: 10,
    threshold: 0.7,
    thresholdRule: "Of 28 rows, 0.2 % may score above it.",
    learning: false,
    top: [],
    episodes: [],
    episodesTotal: 0,
    episodesEvicted: 0,
    evicted: 0,
    unjudged: 0,
    expectedPackets: 0,
  };
  expect(detectorSentences(answer, false)).toEqual([
    "1,000 packets have a score, and 10 of them are flagged (1.0 %).",
    "Flagged is what scores 0.700 or more, or what a rule finds. Of 28 rows, 0.2 % may score above it.",
  ]);
  const rough = { ...answer, threshold: null, learning: true, expectedPackets: 3, unjudged: 2, evicted: 1 };
  expect(detectorSentences(rough, true)).toHaveLength(6);
  expect([
    detectorSentences({ ...answer, flagged: 0 }, false)[0],
    detectorSentences({ ...answer, scored: 1, flagged: 1 }, false)[0],
  ]).toEqual([
    "1,000 packets have a score, and none of them is flagged.",
    "1 packet has a score, and 1 of them is flagged (100.0 %).",
  ]);
  // Of a file that ended nothing more is learnt.
  expect(detectorSentences({ ...rough, scored: 0 }, false)).toHaveLength(4);
});
