import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { flood, ordinary } from "../anomaly/traffic-maker.test-support.ts";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { ExpectedError } from "../../lib/errors.ts";
import type { AnomaliesReport } from "../anomaly/anomaly-report.ts";
import type { Answers } from "./contract.ts";
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

test("what is expected is flagged nowhere: not by the filter, over time, in the lists, on a packet or in a file", async () => {
  const json = async <R extends keyof Answers>(route: string): Promise<Answers[R]> =>
    (await (await dashboard.ask(route)).json()) as Answers[R];
  const before = await anomalies();
  const all = await json<"/api/packets">("/api/packets?q=flagged&limit=1000");
  expect(all.total).toBe(before.flagged);
  for (const { key } of before.episodes) await mark({ key, expected: true });
  const after = await anomalies();
  expect([after.flagged, after.expectedPackets, after.top]).toEqual([0, before.flagged, []]);
  expect((await json<"/api/packets">("/api/packets?q=flagged")).total).toBe(0);
  for (const query of ["", "?q=tcp"]) {
    const { series } = await json<"/api/report">(`/api/report${query}`);
    expect([query, sum(series.anomalies)]).toEqual([query, 0]);
    expect(await json<"/api/anomalies">(`/api/anomalies${query}`)).toMatchObject({
      flagged: 0,
      expectedPackets: before.flagged,
    });
  }
  for (const table of ["hosts", "flows", "conversations"] as const)
    for (const { flagged, score } of (await json<`/api/${typeof table}`>(`/api/${table}`)).rows)
      expect([table, flagged, score! > 0]).toEqual([table, 0, true]);
  const { hosts, flows } = await json<"/api/report">("/api/report");
  for (const { flagged, score } of [...hosts.top, ...flows.top])
    expect([flagged, score! > 0]).toEqual([0, true]);
  const { number } = all.rows[0]!;
  const details = await json<"/api/packets/:number">(`/api/packets/${number}`);
  expect(details).toMatchObject({ flagged: false, expected: true, score: all.rows[0]!.score });
  expect(details.reasons[0]!.text).not.toBe("");
  const rows = await json<"/api/packets">(`/api/export.json?q=number=${number}`);
  expect(rows).toMatchObject([{ flagged: false, score: all.rows[0]!.score }]);
  const file = await (await dashboard.ask(`/api/export.pcapng?q=number=${number}`)).bytes();
  expect(Buffer.from(file).includes(`, marked as expected\n${details.reasons[0]!.text}`)).toBe(true);
  // One of them is raised again.
  const [first] = before.episodes;
  await mark({ key: first!.key, expected: false });
  const again = await anomalies();
  expect(again.flagged).toBeGreaterThan(0);
  expect((await json<"/api/packets">("/api/packets?q=flagged")).total).toBe(again.flagged);
  const raised = await json<"/api/report">("/api/report");
  expect(sum(raised.series.anomalies)).toBe(again.flagged);
  const listed = await json<"/api/hosts">("/api/hosts?limit=100");
  expect(flaggedOf(raised.hosts.top)).toEqual(flaggedOf(listed.rows));
  expect(await json<"/api/packets/:number">(`/api/packets/${first!.number}`)).toMatchObject({
    flagged: true,
  });
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

function sum(numbers: number[] | undefined): number {
  return (numbers ?? []).reduce((a, b) => a + b, 0);
}

function flaggedOf(rows: readonly { address: string; flagged?: number | null }[]) {
  return rows.map(({ address, flagged }) => [address, flagged]);
}
