import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { ExpectedError } from "../../lib/errors.ts";
import { areaUnderRoc, evaluate } from "./evaluation.ts";
import type { Labels } from "./labels.ts";

const labelled = (attack: number[], attackNames: string[] = ["a", "b"]): Labels => ({
  attack: Uint16Array.from(attack),
  attackNames,
});

describe("by hand", () => {
  test.each<[string, number[], number[], number | null]>([
    ["perfect", [0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], 1],
    ["the wrong way round", [0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1], 0],
    ["all the same", [0.5, 0.5, 0.5], [0, 1, 1], 0.5],
    ["a tie counts half", [0.1, 0.5, 0.5, 0.9], [0, 0, 1, 1], 7 / 8],
    ["no attack", [0.1, 0.2], [0, 0], null],
    ["nothing but attacks", [0.1, 0.2], [1, 1], null],
    ["nothing", [], [], null],
  ])("AUROC: %s", (_, scores, labels, area) => {
    expect(areaUnderRoc(Float64Array.from(scores), Uint8Array.from(labels))).toBe(area);
  });

  test("all figures of one capture", () => {
    const scores = Float64Array.of(0.9, 0.8, 0.8, 0.3, 0.2, 0.1);
    const flagged = Uint8Array.of(1, 1, 1, 0, 0, 0);
    expect(evaluate(scores, flagged, labelled([1, 2, 0, 0, 1, 0]))).toEqual({
      // Of the nine pairs six are in order and one is a tie.
      auroc: (3 + 2.5 + 1) / 9,
      // Precision 1/1 at the first, 2/3 at the second, 3/5 at the third.
      auprc: (1 + 2 / 3 + 3 / 5) / 3,
      baseRate: 0.5,
      precisionAtFlagged: 2 / 3,
      recallAtFlagged: 2 / 3,
      attacks: { a: { packets: 2, auroc: 4 / 6 }, b: { packets: 1, auroc: 2.5 / 3 } },
    });
  });

  test("what there is nothing to divide by is null", () => {
    const nothing = evaluate(new Float64Array(0), new Uint8Array(0), labelled([], []));
    const nulls = {
      auroc: null,
      auprc: null,
      baseRate: null,
      precisionAtFlagged: null,
      recallAtFlagged: null,
    };
    expect(nothing).toEqual({ ...nulls, attacks: {} });
  });

  test("labels of another capture are one sentence", () => {
    expect(() => evaluate(new Float64Array(3), new Uint8Array(3), labelled([0, 1]))).toThrow(
      new ExpectedError("The labels are for 2 packets, but the capture has 3."),
    );
  });
});

function evaluateRows(all: { score: number; attack: number }[]) {
  const scores = Float64Array.from(all, ({ score }) => score);
  return evaluate(scores, new Uint8Array(all.length), labelled(all.map(({ attack }) => attack)));
}

describe("against the slow obvious twins", () => {
  const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 6 }), attack: fc.nat(2) }), {
    minLength: 1,
    maxLength: 40,
  });

  test("AUROC counts pairs", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const strange = all.filter(({ attack }) => attack > 0);
        const ordinary = all.filter(({ attack }) => attack === 0);
        let won = 0;
        for (const { score } of strange)
          for (const other of ordinary) won += score > other.score ? 1 : score === other.score ? 0.5 : 0;
        const pairs = strange.length * ordinary.length;
        const { auroc } = evaluateRows(all);
        if (pairs === 0) expect(auroc).toBeNull();
        else expect(auroc).toBeCloseTo(won / pairs, 12);
      }),
    );
  });

  test("AUPRC walks down the thresholds", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const attacks = all.filter(({ attack }) => attack > 0).length;
        let area = 0;
        let recallBefore = 0;
        for (const threshold of [6, 5, 4, 3, 2, 1, 0]) {
          const above = all.filter(({ score }) => score >= threshold);
          const found = above.filter(({ attack }) => attack > 0).length;
          if (above.length > 0) area += (found / attacks - recallBefore) * (found / above.length);
          recallBefore = found / attacks;
        }
        const { auprc } = evaluateRows(all);
        if (attacks === 0) expect(auprc).toBeNull();
        else expect(auprc).toBeCloseTo(area, 12);
      }),
    );
  });
});
