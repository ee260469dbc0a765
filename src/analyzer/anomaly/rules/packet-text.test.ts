import { expect, test } from "bun:test";
import { batchOf } from "../../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../../packet/decode-batch.ts";
import { createDecodedColumns } from "../../packet/decoded-columns.ts";
import { addressText, destinationText, sourceText } from "./packet-text.ts";
import { arpOf, datagram, overIpv4, overIpv6 } from "./rules.test-support.ts";

test("addresses as people write them, and nobody where there is none", () => {
  const data = datagram(1, 2, new Uint8Array(1));
  const batch = batchOf(
    [overIpv4(17, data), overIpv6(17, data), arpOf(1, 1, 1, 2)].map((packet) => ({ data: packet })),
  );
  const columns = createDecodedColumns(3);
  decodeBatch(batch, columns);
  const ends = [0, 1, 2].map((row) => [
    sourceText(batch, columns, row),
    destinationText(batch, columns, row),
  ]);
  expect(ends).toEqual([
    ["10.0.0.1", "10.0.0.2"],
    ["2001:db8::1", "2001:db8::1:0"],
    ["nobody", "nobody"],
  ]);
  expect(addressText(new Uint8Array([192, 0, 2, 1]), 0, 4)).toBe("192.0.2.1");
});
