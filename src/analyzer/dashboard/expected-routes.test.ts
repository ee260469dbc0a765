import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { flood, ordinary } from "../anomaly/traffic-maker.test-support.ts";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { ExpectedError } from "../../lib/errors.ts";
import type { AnomaliesReport } from "../anomaly/anomaly-report.ts";
import { problemOf, TestDashboard } from "./dashboard.test-support.ts";

const content = pcapFile([...ordinary(60), ...flood(400, 40)], { magic: 0xa1b23c4d });
let dashboard: TestDashboard;
beforeEach(async () => {
  dashboard = await TestDashboard.open({ content, isJudged: true });
});
afterEach(() => dashboard[Symbol.asyncDispose]());

async function anomalies(capture = "0"): Promise<AnomaliesReport> {
  const answer = await dashboard.ask(`/api/report?capture=${capture}`);
  return ((await answer.json()) as { anomalies: AnomaliesReport }).anomalies;
}

async function mark(body: unknown): Promise<Response> {
  return await dashboard.post("/api/expected", JSON.stringify(body));
}

test("an episode that is marked is let off, here and in every capture, and raised when the mark is taken away", async () => {
  await dashboard.post("/api/captures", content);
  const before = await anomalies();
  const { key, title, packets } = before.episodes[0]!;
  const answer = await mark({ key, expected: true, capture: "1" });
  expect([answer.status, await answer.json()]).toEqual([200, [{ key, text: title, since: 1 }]]);
  expect(await (await dashboard.ask("/api/expected")).json()).toEqual([{ key, text: title, since: 1 }]);
  for (const capture of ["0", "1"]) {
    const after = await anomalies(capture);
    expect(after.expectedPackets).toBeGreaterThanOrEqual(packets);
    expect(after.flagged).toBe(before.flagged - after.expectedPackets);
    expect(after.episodes.find((episode) => episode.key === key)?.expected).toBe(true);
  }
  expect(await (await dashboard.ask("/metrics")).text()).toContain("pcs_expected_marks 1\n");
  // Twice is once.
  expect((await mark({ key, expected: true })).status).toBe(200);
  expect(await (await mark({ key, expected: false })).json()).toEqual([]);
  expect(await anomalies()).toEqual(before);
  expect((await mark({ key, expected: false })).status).toBe(200);
});

describe("refused, and nothing changes", () => {
  const bad = '400 bad_request: The body must be {"key": "…", "expected": true or false}.';
  test.each<[unknown, string]>([
    [{ key: "none", expected: true }, "404 not_found: There is no such episode in the capture."],
    [{ key: "none", expected: true, capture: "9" }, "404 not_found: There is no open capture '9'."],
    [{ key: "none", expected: "yes" }, bad],
    [{ key: 1, expected: true }, bad],
    [{ key: "none" }, bad],
    [{ key: "none", expected: true, capture: 1 }, bad],
    [[], bad],
    [null, bad],
    ["text", bad],
  ])("%p: %s", async (body, problem) => {
    expect(await problemOf(mark(body))).toBe(problem);
    expect(dashboard.marks.list()).toEqual([]);
  });

  test("a body that is no JSON, or too much of it", async () => {
    expect(await problemOf(dashboard.post("/api/expected", "{"))).toBe(bad);
    const large = JSON.stringify({ key: "x".repeat(5000), expected: true });
    expect(await problemOf(dashboard.post("/api/expected", large))).toStartWith("413 too_large");
  });

  test("more than there may be, and one that cannot be kept", async () => {
    const { key } = (await anomalies()).episodes[0]!;
    dashboard.marks.add = () => false;
    expect(await problemOf(mark({ key, expected: true }))).toBe(
      "429 too_many: At most 1000 causes can be marked as expected.",
    );
    dashboard.marks.add = () => {
      throw new ExpectedError("the mark cannot be kept: the disk is full.");
    };
    expect(await problemOf(mark({ key, expected: true }))).toBe(
      "507 no_room: The mark cannot be kept: the disk is full.",
    );
  });
});
