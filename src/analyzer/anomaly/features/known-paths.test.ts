import { expect, test } from "bun:test";
import { batchOf } from "../../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../../packet/decode-batch.ts";
import { createDecodedColumns } from "../../packet/decoded-columns.ts";
import { arp, ethernet, ipv4, ipv6, tcp, udp } from "../../packet/packet-builder.test-support.ts";
import { KnownPaths, pathWord } from "./known-paths.ts";

const kinds = [
  ethernet(0x0800, ipv4(6, tcp())),
  ethernet(0x0800, ipv4(17, udp())),
  ethernet(0x86dd, ipv6(17, udp())),
  ethernet(0x0806, arp()),
  ethernet(0x88cc, new Uint8Array(20)),
];

test("packets of one path find the same words, others find others", () => {
  const batch = batchOf([...kinds, ...kinds].map((data) => ({ data })));
  const columns = createDecodedColumns(batch.count);
  decodeBatch(batch, columns);
  const paths = new KnownPaths(() => {});
  const places = kinds.map((_, i) => {
    const place = paths.find(batch, columns, i);
    expect(paths.isFresh).toBe(true);
    paths.words[place + pathWord.sender] = i + 1;
    return place;
  });
  kinds.forEach((_, i) => {
    expect(paths.find(batch, columns, kinds.length + i)).toBe(places[i]!);
    expect([paths.isFresh, paths.words[places[i]! + pathWord.sender]]).toEqual([false, i + 1]);
  });
});

test("a path that takes another's place finds nothing of it", () => {
  const batch = batchOf(kinds.map((data) => ({ data })));
  const columns = createDecodedColumns(batch.count);
  decodeBatch(batch, columns);
  const replaced: number[] = [];
  const paths = new KnownPaths((place) => replaced.push(paths.words[place + pathWord.pending]!), 1);
  const place = paths.find(batch, columns, 0);
  paths.words[place + pathWord.pair] = 9;
  paths.words[place + pathWord.pending] = 3;
  expect(paths.words[paths.find(batch, columns, 1) + pathWord.pair]).toBe(0);
  expect(paths.isFresh).toBe(true);
  // Nothing is pending in the second one.
  paths.find(batch, columns, 2);
  expect(replaced).toEqual([3]);
});
