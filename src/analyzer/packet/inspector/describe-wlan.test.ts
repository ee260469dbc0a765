import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { fieldsOf } from "./inspect-fields.test-support.ts";
import { inspectPacket } from "./inspect-packet.ts";

const addresses = "3a01 000000000001 000000000002 000000000003 1000";

test("a beacon", () => {
  expect(fieldsOf(bytes("8000", addresses), "wlan", 105)).toMatchObject({
    Type: "0 (management)",
    Subtype: "8",
    Flags: "none",
    Transmitter: "00:00:00:00:00:02",
    Sequence: "1",
  });
});

test("lengths: data with quality of service between distribution systems, an acknowledgement", () => {
  const data = bytes("8843", addresses, "000000000004 0000", "0102");
  expect(inspectPacket(data, data.length, 105)[0]).toMatchObject({ name: "wlan", length: 32 });
  expect(fieldsOf(data, "wlan", 105)).toMatchObject({
    Flags: "to distribution, from distribution, protected",
  });
  const acknowledgement = bytes("d400 0000 000000000001 01020304");
  expect(inspectPacket(acknowledgement, 14, 105)[0]).toMatchObject({ name: "wlan", length: 10 });
});
