import { describe, expect, test } from "bun:test";
import { Anomalies, type AnomaliesOptions } from "./anomalies.ts";
import { parseLabels } from "./labels.ts";
import { decoded, flood, ordinary, segment } from "./traffic-maker.test-support.ts";

function judged(packets: Parameters<typeof decoded>[0], options: Partial<AnomaliesOptions> = {}): Anomalies {
  const anomalies = new Anomalies({ seed: 1, ...options });
  const { batch, columns } = decoded(packets);
  anomalies.add(batch, columns);
  anomalies.judge();
  return anomalies;
}

const attacked = [...ordinary(60), ...flood(400, 40)];

describe("a capture with a flood", () => {
  const anomalies = judged(attacked);
  const report = anomalies.report();

  test("the flood is flagged, little else is, and it is one episode about the right host", () => {
    expect(report.scored).toBe(attacked.length);
    expect(report.learning).toBe(false);
    expect(report.flagged).toBeGreaterThan(250);
    expect(report.flagged).toBeLessThan(400 + 60 * 30 * 0.02);
    const [gravest] = report.episodes;
    expect(gravest!.hosts[0]).toBe("10.0.0.2");
    expect(gravest!.packets).toBeGreaterThan(250);
    expect(gravest!.title).toContain("10.0.0.2");
  });

  test("the top has reasons, times and numbers", () => {
    expect(report.top.length).toBeGreaterThan(0);
    for (const { number, time, score, reasons, size, protocol } of report.top) {
      expect(number).toBeGreaterThan(0);
      expect(time).toBeGreaterThanOrEqual(0);
      expect(score).toBeGreaterThanOrEqual(report.threshold!);
      expect(reasons.length).toBeGreaterThan(0);
      expect([size > 0, protocol]).toEqual([true, "tcp"]);
    }
    expect(anomalies.flaggedSeries!.packets.reduce((sum, each) => sum + each, 0)).toBe(report.flagged);
  });

  test("the same bytes and seed give the same report, another seed another", () => {
    expect(judged(attacked).report()).toEqual(report);
    expect(judged(attacked, { seed: 2 }).report()).not.toEqual(report);
  });
});

test.each<[string, Parameters<typeof decoded>[0]]>([
  ["one packet", ordinary(1).slice(0, 1)],
  ["packets that are all the same", Array.from({ length: 500 }, () => ordinary(1)[0]!)],
  ["one host with itself", [{ data: segment(1, 1, 5, 6, 0x10), seconds: 0, fraction: 0 }]],
])("%s: a report, and nothing by the forest while it is learning", (_, packets) => {
  const report = judged(packets).report();
  expect(report.scored).toBe(packets.length);
  expect([report.learning, report.threshold]).toEqual([true, null]);
  expect(report.thresholdRule).toStartWith("Still learning");
});

test("while it is learning rules speak: a scan within the first seconds is an episode, and nothing else is", () => {
  const scan = Array.from({ length: 200 }, (_, i) => ({
    data: segment(9, 2, 40_000, 1 + i, 0x02),
    seconds: 3,
    fraction: i * 1000,
  }));
  const report = judged([...ordinary(3), ...scan]).report();
  expect([report.learning, report.threshold]).toEqual([true, null]);
  expect(report.episodes.map(({ hosts }) => hosts)).toEqual([["10.0.0.9", "10.0.0.2"]]);
  expect(report.episodes[0]!.packets).toBe(report.flagged);
  expect(report.flagged).toBeGreaterThan(100);
});

test("no packet: nothing scored", () => {
  const anomalies = new Anomalies({ seed: 1 });
  expect(anomalies.hasJudged).toBe(false);
  expect(() => anomalies.report()).toThrow("nothing was judged yet");
  anomalies.judge();
  expect(anomalies.report()).toMatchObject({ scored: 0, flagged: 0, top: [], episodes: [], learning: true });
});

test("labels: how well the flood was found, and a sentence where they do not fit", () => {
  const { batch } = decoded(attacked);
  const rows = Array.from(
    { length: batch.count },
    (_, i) => `${i + 1},${Number(batch.wire[i] === 54 && batch.seconds[i] === 40)}`,
  );
  const labels = parseLabels(["packet,label", ...rows].join("\n"));
  const evaluation = judged(attacked, { labels }).evaluation()!;
  expect(evaluation.auroc).toBeGreaterThan(0.9);
  expect(judged(attacked).evaluation()).toBeUndefined();
  const few = parseLabels("packet,label\n1,0");
  expect(() => judged(attacked, { labels: few }).evaluation()).toThrow("The labels are for 1 packets");
});

test("of a batch that comes too fast a part is judged, and the rest counted", () => {
  const anomalies = new Anomalies({ seed: 1, isRolling: true });
  const { batch, columns } = decoded(ordinary(10));
  anomalies.add(batch, columns, 50);
  anomalies.add(batch, columns);
  anomalies.judge();
  expect(anomalies.report()).toMatchObject({ scored: 50 + batch.count, unjudged: batch.count - 50 });
});

test("live: what comes is judged as it comes, and a long attack stays strange", () => {
  const anomalies = new Anomalies({ seed: 1, isRolling: true });
  const traffic = ordinary(60);
  const add = (packets: typeof traffic): void => {
    const { batch, columns } = decoded(packets);
    anomalies.add(batch, columns);
    anomalies.judge();
  };
  for (let second = 0; second < 60; second++) {
    add(traffic.filter((each) => each.seconds === second));
    if (second >= 30) add(flood(200, second));
  }
  const report = anomalies.report();
  expect(report.scored).toBe(60 * 30 + 30 * 200);
  expect(report.flagged).toBeGreaterThan(30 * 200 * 0.9);
  expect(report.episodes[0]!.hosts[0]).toBe("10.0.0.2");
});

test("live: when the table of feature rows is full it begins anew, and scores go with their rows", () => {
  const anomalies = new Anomalies({ seed: 1, isRolling: true, vectorLimit: 1200 });
  const traffic = [...ordinary(60), ...flood(300, 50)];
  for (let second = 0; second < 60; second++) {
    const { batch, columns } = decoded(traffic.filter((each) => each.seconds === second));
    anomalies.add(batch, columns);
    anomalies.judge();
    const { top } = anomalies.report();
    // Nothing has come meanwhile, so nothing changes.
    anomalies.judge();
    expect(anomalies.report().top).toEqual(top);
  }
  const report = anomalies.report();
  expect(report.scored).toBe(traffic.length);
  expect(report.episodes[0]!.hosts[0]).toBe("10.0.0.2");
});

test("what was marked as expected is let off, told after all else, and raised again when the mark is gone", () => {
  const marks = new Set<string>();
  const expected = {
    has: (key: string) => marks.has(key),
    list: () => Array.from(marks, (key) => ({ key, text: "", since: 0 })),
  };
  const anomalies = judged(attacked, { expected });
  const before = anomalies.report();
  const flooding = before.episodes[0]!;
  expect([before.expectedPackets, flooding.expected]).toEqual([0, undefined]);
  marks.add(flooding.key);
  expect(anomalies.report()).toBe(before);
  anomalies.expectOtherwise();
  const after = anomalies.report();
  expect(after.expectedPackets).toBeGreaterThanOrEqual(flooding.packets);
  expect(after.flagged).toBe(before.flagged - after.expectedPackets);
  expect(after.episodes.at(-1)).toMatchObject({ key: flooding.key, expected: true });
  expect(after.episodes.slice(0, -1).some(({ key }) => key === flooding.key)).toBe(false);
  marks.clear();
  anomalies.expectOtherwise();
  expect(anomalies.report()).toEqual(before);
  // Another run over the same, and another seed, know it by the same key.
  expect(judged(attacked, { seed: 2 }).report().episodes[0]!.key).toBe(flooding.key);
});
