import { expect, test } from "bun:test";
import { smallReport } from "./finished-report.test-support.ts";
import { formatMetrics } from "./metrics.ts";

test("every line is a comment or a sample", async () => {
  const text = formatMetrics((await smallReport()).report);
  expect(text).toContain('pcs_protocol_bytes{protocol="tcp"} 54\n');
  for (const line of text.trimEnd().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="\w+"\})? \d+)$/);
});
