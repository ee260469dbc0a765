import { expect, setDefaultTimeout, test } from "bun:test";
import { flood, ordinary } from "../anomaly/traffic-maker.test-support.ts";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { TestDashboard } from "./dashboard.test-support.ts";
import { reportData, type ReportData } from "./report-data.ts";

setDefaultTimeout(60_000);

async function dataOf(content: Uint8Array, isJudged: boolean): Promise<string> {
  await using dashboard = await TestDashboard.open({ content, isJudged });
  const text = reportData(dashboard.captures.find(undefined)!);
  const parts = JSON.parse(text) as ReportData;
  // What stands in the file is what the server would answer.
  const json = async (path: string): Promise<unknown> => await (await dashboard.ask(path)).json();
  expect(parts.report).toEqual((await json("/api/report")) as typeof parts.report);
  for (const [part, path] of [
    ["series", "/api/series?by=protocol"],
    ["flows", "/api/flows?limit=1000"],
    ["hosts", "/api/hosts?limit=1000"],
    ["conversations", "/api/conversations?limit=1000"],
    [
      "packets",
      `/api/packets?limit=1000&q=${isJudged && parts.report.packets > 0 ? "flagged" : "not%20flagged"}`,
    ],
  ] as const)
    expect([part, parts[part]]).toEqual([part, (await json(path)) as (typeof parts)[typeof part]]);
  const shown = parts.packets.rows.slice(0, 5).map(({ number }) => number);
  for (const number of shown)
    expect(parts.details[number]).toEqual(
      (await json(`/api/packets/${number}`)) as (typeof parts.details)[number],
    );
  if (isJudged) expect(parts.anomalies).toEqual((await json("/api/anomalies")) as typeof parts.anomalies);
  else expect(parts).not.toHaveProperty("anomalies");
  return text;
}

const content = pcapFile([...ordinary(60), ...flood(400, 40)], { magic: 0xa1b23c4d });

test.each([true, false])("the answers of the server, the same every time, judged %p", async (isJudged) => {
  expect(await dataOf(content, isJudged)).toBe(await dataOf(content, isJudged));
});

test("of no packets too", async () => {
  expect(JSON.parse(await dataOf(pcapFile([]), true))).toMatchObject({ flows: { total: 0, rows: [] } });
});
