/** The arithmetic of the volume charts and of comparing two captures, tested without a browser. */
import { describe, expect, test } from "bun:test";
import { curvesOf, drawnColumns, inSight, maxCurves } from "../../../public/analyzer/charts/curves.ts";
import { stacked } from "../../../public/analyzer/charts/rate-columns.ts";
import { maxDrawnRows, rowsInSight } from "../../../public/analyzer/charts/rows-in-sight.ts";
import {
  clampSpan,
  joinSpans,
  moveSpan,
  snapSpan,
  spanAfterKey,
  spanOfSelection,
  zoomSpan,
} from "../../../public/analyzer/charts/span.ts";
import { differenceOf } from "../../../public/analyzer/compare/difference.ts";
import { fromItsStart } from "../../../public/analyzer/compare/from-its-start.ts";
import { ProtocolColors, restColor } from "../../../public/analyzer/protocol-colors.ts";
import { protocolNames } from "../packet/protocols.ts";
import type { SeriesAnswer } from "./contract.ts";

const series: SeriesAnswer = {
  step: 2,
  time: [100, 104],
  packets: [6, 4],
  bytes: [600, 400],
  protocols: {
    dns: { packets: [2, 0], bytes: [100, 0] },
    tls: { packets: [4, 4], bytes: [500, 400] },
    ssh: { packets: [0, 0], bytes: [0, 0] },
  },
};

describe("curves", () => {
  test("one for all, or one a protocol, the largest first, without those that have nothing", () => {
    expect(curvesOf(series, "total").map(({ name }) => name)).toEqual(["total"]);
    expect(curvesOf(series, "lines").map(({ name }) => name)).toEqual(["tls", "dns"]);
    const { protocols: _, ...alone } = series;
    expect(curvesOf(alone, "stacked").map(({ name }) => name)).toEqual(["total"]);
  });

  test("those that are too many are one, and nothing is lost", () => {
    const protocols = Object.fromEntries(
      protocolNames.map((name, i) => [name, { packets: [1, i], bytes: [i, 10] }]),
    );
    const curves = curvesOf({ ...series, protocols }, "stacked");
    expect(curves).toHaveLength(maxCurves + 1);
    expect(curves.at(-1)?.name).toBe("others");
    const sums = stacked(curves.map(({ packets }) => packets)).at(-1);
    expect(sums).toEqual([protocolNames.length, (protocolNames.length * (protocolNames.length - 1)) / 2]);
  });

  test("stacked, each stands on those before it, and the last is the sum", () => {
    const curves = curvesOf(series, "stacked");
    const { time, drawn, from, rates } = drawnColumns(series, curves, "packets", "stacked");
    expect(time).toEqual([100, 102, 104, 106]);
    expect(from).toEqual([0, -1, 1, -1]);
    expect(rates).toEqual([
      [2, 0, 2, 0],
      [1, 0, 0, 0],
    ]);
    expect(drawn).toEqual([
      [2, 0, 2, 0],
      [3, 0, 2, 0],
    ]);
    expect(drawnColumns(series, curves, "packets", "lines").drawn).toEqual(rates);
  });
});

describe("of a long series a chart is given", () => {
  const rows = 100_000;
  const time = Array.from({ length: rows }, (_, i) => i);
  const counts = time.map((at) => (at % 7) + 1);

  test("longer steps, with everything still in them", () => {
    const seen = rowsInSight({ step: 1, time, columns: [counts] }, [0, rows]);
    expect(seen.step).toBe(60);
    expect(seen.time.length).toBeLessThan(maxDrawnRows + 2);
    expect(seen.columns[0]?.reduce((a, b) => a + b)).toBe(counts.reduce((a, b) => a + b));
    expect(seen.time.slice(0, 3)).toEqual([0, 60, 120]);
  });

  test("of a part its own rows, and one beyond each end", () => {
    const seen = rowsInSight({ step: 1, time, columns: [counts] }, [500, 510]);
    expect([seen.step, seen.time.at(0), seen.time.at(-1)]).toEqual([1, 498, 510]);
    expect(rowsInSight({ step: 1, time: [], columns: [[]] }, [0, 1]).time).toEqual([]);
  });

  test("as they are, rows that are few, however long they take", () => {
    const seen = rowsInSight({ step: 10, time: [0, 140_000_000], columns: [[1, 2]] }, [0, 140_000_010]);
    expect(seen).toEqual({ step: 10, time: [0, 140_000_000], columns: [[1, 2]] });
  });

  test("for each curve the same steps", () => {
    const all = { step: 1, time, packets: counts, bytes: counts };
    const { series, curves } = inSight(all, [{ name: "tls", packets: counts, bytes: time }], [0, rows]);
    expect(curves[0]?.packets).toEqual(series.packets);
    expect(series.anomalies).toBeUndefined();
    expect(inSight({ ...all, anomalies: counts }, [], [0, rows]).series.anomalies).toEqual(series.packets);
  });
});

describe("spans", () => {
  test("stay within the whole, as wide as they were where that fits", () => {
    expect(clampSpan([-5, 5], [0, 100], 1)).toEqual([0, 10]);
    expect(clampSpan([95, 105], [0, 100], 1)).toEqual([90, 100]);
    expect(clampSpan([-50, 500], [0, 100], 1)).toEqual([0, 100]);
    expect(clampSpan([50, 50], [0, 100], 4)).toEqual([50, 54]);
  });

  test("end where steps end, so that what is counted is what is drawn", () => {
    expect(snapSpan([10.2, 19.9], 1)).toEqual([10, 20]);
    expect(snapSpan([10.2, 10.3], 10)).toEqual([10, 20]);
    expect(snapSpan([10, 10], 1)).toEqual([10, 11]);
  });

  test("zoom about a moment, and move by a part", () => {
    expect(zoomSpan([0, 100], 0.5)).toEqual([25, 75]);
    expect(zoomSpan([0, 100], 0.5, 0)).toEqual([0, 50]);
    expect(moveSpan([0, 100], -1 / 4)).toEqual([-25, 75]);
    expect(joinSpans([5, 9], [3, 8])).toEqual([3, 9]);
  });

  test.each([
    ["+", [25, 75]],
    ["-", [-50, 150]],
    ["ArrowRight", [25, 125]],
    ["0", "whole"],
    ["a", undefined],
  ])("key %s", (key, span) => {
    expect(spanAfterKey(key, [0, 100])).toEqual(span as ReturnType<typeof spanAfterKey>);
  });

  test("are those of the selection, where it has one that can be drawn", () => {
    expect(spanOfSelection({}, [0, 9])).toBeUndefined();
    expect(spanOfSelection({ from: "3" }, [0, 9])).toEqual([3, 9]);
    expect(spanOfSelection({ to: "3.5" }, [0, 9])).toEqual([0, 3.5]);
    expect(spanOfSelection({ from: "5", to: "4" }, [0, 9])).toBeUndefined();
    expect(spanOfSelection({ from: "soon" }, [0, 9])).toBeUndefined();
  });
});

test("a protocol keeps its colour, and those that come too late share one", () => {
  const colors = new ProtocolColors();
  colors.learn(["tls", "dns"]);
  const before = colors.of("dns");
  colors.learn(["ssh", "dns", ...protocolNames]);
  expect(colors.of("dns")).toBe(before);
  expect(new Set(["tls", "dns", "ssh"].map((name) => colors.of(name))).size).toBe(3);
  expect(protocolNames.filter((name) => colors.of(name) === restColor)).toHaveLength(
    protocolNames.length - 7,
  );
  colors.forget();
  expect(colors.of("tls")).toBe(restColor);
});

test.each([
  [1, 1, "same"],
  [0, 0, "same"],
  [0, 5, "new"],
  [5, 0, "gone"],
  [100, 112.5, "+12.5 %"],
  [100, 50, "−50 %"],
  [1000, 1, "−99.9 %"],
  [10_000, 3, "−99.97 %"],
  [1e9, 1, "−99.9999 %"],
  [1_000_000, 1_000_001, "about the same"],
  [10, 1000, "100 times"],
])("from %p to %p it is %s", (first, second, told) => {
  expect(differenceOf(first, second)).toBe(told);
});

test("a series on its own clock begins at 0", () => {
  expect(fromItsStart(series).time).toEqual([0, 4]);
  expect(fromItsStart({ step: 1, time: [], packets: [], bytes: [] }).time).toEqual([]);
});
