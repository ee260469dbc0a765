import { describe, expect, test } from "bun:test";
import { bytes, u16 } from "../bytes-builder.test-support.ts";
import { memoryBytes, pcapFile, pcapngBlocks } from "../capture-builder.test-support.ts";
import { openCapture } from "../open-capture.ts";
import { filterSource } from "./filtered-source.ts";
import { openLibpcap } from "./libpcap.ts";

const means = { platform: process.platform, mayUseLibpcap: true, libpcapInstall: "install it" };

function udp(port: number): Uint8Array {
  const addresses = "0a000001 0a000002";
  return bytes("4500001c 00000000 40110000", addresses, u16(1000), u16(port), u16(8), u16(0));
}

function ethernet(port: number): Uint8Array {
  return bytes("0a0000000002 0a0000000001 0800", udp(port));
}

async function kept(content: Uint8Array, expression: string): Promise<number[]> {
  const source = filterSource(await openCapture("file", "fixture", memoryBytes(content)), expression, means);
  const seconds: number[] = [];
  for (let batch = await source.next(); batch !== undefined; batch = await source.next())
    seconds.push(...batch.seconds.subarray(0, batch.count));
  await source.close();
  return seconds;
}

describe("a filter over a capture", () => {
  if (openLibpcap(process.platform) === undefined) {
    process.stderr.write("skipped: libpcap is not installed\n");
    return;
  }

  test("leaves what matches, in order", async () => {
    const file = pcapFile(Array.from({ length: 20_000 }, (_, i) => ({ data: ethernet(i % 10), seconds: i })));
    const wanted = Array.from({ length: 20_000 }, (_, i) => i).filter((i) => i % 10 === 7);
    expect(await kept(file, "udp dst port 7")).toEqual(wanted);
    expect(await kept(file, "tcp")).toEqual([]);
    expect(await kept(file, "len = 42 and ether src 0a:00:00:00:00:01 and udp port 0")).toHaveLength(2000);
  });

  test("knows each link type, and reads nothing beyond a packet", async () => {
    const ng = pcapngBlocks();
    const file = bytes(
      ng.section(),
      ng.interface(1),
      ng.interface(101),
      ng.enhanced(0, 0, 1_000_000, ethernet(7)),
      ng.enhanced(1, 0, 2_000_000, udp(7)),
      ng.enhanced(1, 0, 3_000_000, udp(8)),
      ng.enhanced(0, 0, 4_000_000, ethernet(7).subarray(0, 34)),
      ng.enhanced(0, 0, 5_000_000, new Uint8Array(0)),
    );
    expect(await kept(file, "udp port 7")).toEqual([1, 2]);
  });

  test("that is wrong is one sentence", () => {
    expect(kept(pcapFile([]), "no such thing")).rejects.toThrow(
      /^the filter 'no such thing' is wrong: .+\.$/,
    );
  });
});

test("without libpcap it is refused, with what installs it", async () => {
  const source = await openCapture("file", "fixture", memoryBytes(pcapFile([])));
  expect(() => filterSource(source, "tcp", { ...means, mayUseLibpcap: false })).toThrow(
    "--filter needs libpcap, which is not installed here: install it.",
  );
});
