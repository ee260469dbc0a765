import { expect, test } from "bun:test";
import { client, flowsOf, segment, server } from "./traffic-builder.test-support.ts";
import type { Table } from "./report-rows.ts";

test("every table says how many rows there are and which are the largest", () => {
  const table: Table<unknown> = flowsOf({ data: segment(client, server) });
  expect(table).toMatchObject({ total: 1, evicted: 0, top: [{}] });
});
