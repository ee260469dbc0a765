import { expect, test } from "bun:test";
import { problemOf, TestDashboard } from "./dashboard.test-support.ts";

test.each([true, false])("every line is a comment or a sample, judged %p", async (isJudged) => {
  await using dashboard = await TestDashboard.open({ isJudged });
  const response = await dashboard.ask("/metrics");
  expect(response.headers.get("Content-Type")).toBe("text/plain; version=0.0.4");
  const text = await response.text();
  expect(text).toContain('pcs_protocol_bytes{protocol="tcp"} 54\n');
  expect(text).toContain("pcs_packets_stored 1\n");
  expect(text.includes("pcs_packets_flagged 0\n")).toBe(isJudged);
  for (const line of text.trimEnd().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="\w+"\})? \d+)$/);
  const names = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(await problemOf(dashboard.ask("/metrics?capture=1"))).toStartWith("404 not_found");
});
