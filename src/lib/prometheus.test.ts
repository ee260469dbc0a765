import { expect, test } from "bun:test";
import { metric, singleMetric } from "./prometheus.ts";

test("a figure has its help, its type, and a line a sample", () => {
  expect(singleMetric("gauge", "pcs_rooms", "Rooms.", 3)).toBe(
    "# HELP pcs_rooms Rooms.\n# TYPE pcs_rooms gauge\npcs_rooms 3\n",
  );
  expect(
    metric("counter", "pcs_files_total", "Files.", [
      ['{to="server"}', 1],
      ['{to="person"}', 2],
    ]),
  ).toBe(
    '# HELP pcs_files_total Files.\n# TYPE pcs_files_total counter\npcs_files_total{to="server"} 1\npcs_files_total{to="person"} 2\n',
  );
});
