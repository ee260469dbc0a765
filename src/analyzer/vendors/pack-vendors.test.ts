import { expect, test } from "bun:test";
import { gunzipSync } from "node:zlib";
import { packVendors } from "./pack-vendors.ts";

test("records are sorted, of one width, and point at names", () => {
  const { groups, names } = JSON.parse(gunzipSync(Buffer.from(packVendors(), "base64")).toString()) as {
    groups: string[];
    names: string[];
  };
  expect(groups).toHaveLength(3);
  for (const [i, width] of [10, 11, 13].entries()) {
    const records: string[] = groups[i]!.match(new RegExp(`.{${width}}`, "g")) ?? [];
    expect(records.join("")).toBe(groups[i]!);
    expect(records).toEqual(records.toSorted());
    for (const record of records.slice(0, 50))
      expect(names[Number.parseInt(record.slice(-4), 36)]).toBeString();
  }
});
