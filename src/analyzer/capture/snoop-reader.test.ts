import { describe, expect, test } from "bun:test";
import { bytes, u32 } from "./bytes-builder.test-support.ts";
import { readCapture } from "./capture-builder.test-support.ts";

interface Record {
  data: Uint8Array;
  wire?: number;
  record?: number;
  drops?: number;
  seconds?: number;
  micros?: number;
}

function snoopFile(records: Record[], dataLink = 4, version = 2): Uint8Array<ArrayBuffer> {
  return bytes(
    "736e6f6f70000000",
    u32(version),
    u32(dataLink),
    ...records.flatMap(({ data, wire = data.length, drops = 0, seconds = 0, micros = 0, ...given }) => {
      const record = given.record ?? 24 + data.length + (-data.length & 3);
      const head = bytes(u32(wire), u32(data.length), u32(record), u32(drops), u32(seconds), u32(micros));
      return [head, data, new Uint8Array(Math.max(0, Math.min(64, record - 24 - data.length)))];
    }),
  );
}

const data = bytes("0102030405");

describe("records", () => {
  for (const step of [1, 7, 1 << 16])
    test(`with padding, cut packets, times and losses, ${step} bytes at a time`, async () => {
      const file = snoopFile([
        { data, seconds: 7, micros: 123_456, drops: 1 },
        { data: bytes(""), seconds: 4_294_967_295, micros: 1_500_000, drops: 3 },
        { data, wire: 1500, seconds: 8 },
      ]);
      expect(await readCapture(file, step)).toEqual({
        packets: [
          { data: "0102030405", wire: 5, seconds: 7, nanos: 123_456_000, linkType: 1 },
          { data: "", wire: 0, seconds: 4_294_967_296, nanos: 500_000_000, linkType: 1 },
          { data: "0102030405", wire: 1500, seconds: 8, nanos: 0, linkType: 1 },
        ],
        linkTypes: [1],
        dropped: 0,
        warnings: [],
      });
    });
});

test("packets lost so far are those of the last record", async () => {
  expect(await readCapture(snoopFile([{ data }, { data, drops: 9 }]))).toMatchObject({ dropped: 9 });
});

test("an unknown data link counts as volume, with a warning", async () => {
  const { packets, warnings } = await readCapture(snoopFile([{ data }], 77));
  expect(packets).toHaveLength(1);
  expect(warnings).toEqual(["The snoop file's data link type is 77, which pcs does not decode."]);
});

test("every cut gives what came before it", async () => {
  const file = snoopFile([{ data }, { data }]);
  for (let end = 16; end < file.length; end++) {
    const { packets, warnings } = await readCapture(file.subarray(0, end));
    expect(packets).toHaveLength(end < 45 ? 0 : end < 77 ? 1 : 2);
    if (end === 20) expect(warnings).toEqual([expect.stringMatching(/middle of packet 1;/)]);
  }
  expect(readCapture(file.subarray(0, 12))).rejects.toThrow("fixture ends inside its file header.");
});

test.each([
  ["a record shorter than its packet", { data, record: 28 }],
  ["a record of no length", { data, record: 0 }],
  ["a record of billions", { data, record: 0xfffffff0 }],
])("%s ends the file there", async (_, record) => {
  const { packets, warnings } = await readCapture(snoopFile([{ data }, record, { data }]));
  expect(packets).toHaveLength(1);
  expect(warnings).toEqual([
    expect.stringMatching(/^Packet 2 claims 5 bytes in a record of \d+: .+ counts\.$/),
  ]);
});

test("another version is refused", () => {
  expect(readCapture(snoopFile([], 4, 1))).rejects.toThrow(
    "fixture is a snoop file of version 1, which pcs cannot read.",
  );
});
