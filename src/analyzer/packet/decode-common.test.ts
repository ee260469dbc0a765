/** The short way for most packets and the long way for all of them write the same columns. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { openCaptureFile } from "../capture/open-capture.ts";
import type { PacketBatch } from "../capture/packet-batch.ts";
import { decodeCommon } from "./decode-common.ts";
import { decodeHeaders } from "./decode-header.ts";
import { createDecodedColumns, type DecodedColumns } from "./decoded-columns.ts";
import { decodeEthernet } from "./ethernet.ts";
import { ethernet, ipv4, tcp, udp } from "./packet-builder.test-support.ts";
import { PacketCursor } from "./packet-cursor.ts";

const mix = resolve(import.meta.dir, "../../../../shared/captures/mix/mix.pcap.gz");
const short = createDecodedColumns(1);
const long = createDecodedColumns(1);
const p = new PacketCursor();

function cells(columns: DecodedColumns): number[] {
  return Object.values(columns).map((column: Uint8Array) => column[0]!);
}

/** Whether the packet is a common one; fails where the two ways then differ. */
function compareWays({ bytes, offset, captured, wire }: PacketBatch, row: number): boolean {
  if (!decodeCommon(bytes, offset[row]!, captured[row]!, wire[row]!, short, 0)) return false;
  p.bytes = bytes;
  p.begin(offset[row]!, captured[row]!, wire[row]!);
  decodeHeaders(p, decodeEthernet(p));
  p.writeTo(long, 0);
  const [a, b] = [cells(short), cells(long)];
  if (a.some((cell, i) => cell !== b[i])) expect(a).toEqual(b);
  return true;
}

test("packets of each kind, changed anywhere and cut anywhere", () => {
  const samples = [
    ethernet(0x0800, ipv4(6, tcp(bytes("68656c6c6f"), 8))),
    ethernet(0x0800, bytes(ipv4(6, tcp()), "000000000000")),
    ethernet(0x0800, ipv4(17, udp(bytes("00112233")))),
  ];
  let common = 0;
  const change = fc.tuple(fc.nat(80), fc.nat(255));
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(change, { maxLength: 3 }),
      fc.nat(90),
      (sample, changes, cut) => {
        const data = sample.slice(0, Math.max(0, sample.length - Math.max(0, cut - 60)));
        for (const [at, value] of changes) if (at < data.length) data[at] = value;
        if (compareWays(batchOf([{ data, wire: sample.length }]), 0)) common++;
      },
    ),
    { numRuns: 5000 },
  );
  expect(common).toBeGreaterThan(500);
});

test.skipIf(!existsSync(mix))("every packet of mix, most of which are common", async () => {
  const source = await openCaptureFile(mix);
  let common = 0;
  for (let batch = await source.next(); batch !== undefined; batch = await source.next())
    for (let row = 0; row < batch.count; row++) if (compareWays(batch, row)) common++;
  await source.close();
  expect(common).toBeGreaterThan(80_000);
});
