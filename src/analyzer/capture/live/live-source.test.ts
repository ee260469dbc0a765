/** Live capture on loopback, by libpcap and by a packet socket; other interfaces are those of src/e2e. */
import { describe, expect, test } from "bun:test";
import { mayCapture } from "./capture-rights.ts";
import { openLibpcap } from "./libpcap.ts";
import { openLiveSource, type LiveOptions } from "./live-source.ts";

const options: LiveOptions = {
  interfaceName: process.platform === "darwin" ? "lo0" : "lo",
  filter: undefined,
  promiscuous: false,
  platform: process.platform,
  mayUseLibpcap: true,
  rightsAdvice: "ask for it",
  libpcapInstall: "install it",
};

/** Datagrams to nobody, each with its own number. */
async function sendDatagrams(count: number): Promise<number> {
  const socket = await Bun.udpSocket({ hostname: "127.0.0.1" });
  const receiver = await Bun.udpSocket({ hostname: "127.0.0.1" });
  for (let i = 0; i < count; i++) {
    socket.send(`pcs datagram ${i}.`, receiver.port, "127.0.0.1");
    if (i % 50 === 49) await Bun.sleep(1);
  }
  const { port } = receiver;
  socket.close();
  receiver.close();
  return port;
}

async function captureDatagrams(changes: Partial<LiveOptions>): Promise<string[]> {
  const source = await openLiveSource({ ...options, ...changes });
  expect(source.kind).toBe("interface");
  await sendDatagrams(500);
  setTimeout(() => source.stop?.(), 50);
  const texts: string[] = [];
  const now = Date.now() / 1000;
  for (let batch = await source.next(); batch !== undefined; batch = await source.next())
    for (let i = 0; i < batch.count; i++) {
      const from = batch.offset[i]!;
      const bytes = batch.bytes.slice(from, from + batch.captured[i]!);
      const text = /pcs datagram \d+\./.exec(Buffer.from(bytes).toString("latin1"))?.[0];
      if (text === undefined) continue;
      texts.push(text);
      expect(Math.abs(batch.seconds[i]! - now)).toBeLessThan(60);
      expect(batch.wire[i]).toBe(batch.captured[i]);
      expect(batch.linkType[i]).toBe(source.linkTypes[0]);
    }
  expect(source.dropped).toBe(0);
  await source.close();
  return texts;
}

const wanted = Array.from({ length: 500 }, (_, i) => `pcs datagram ${i}.`);

describe("on loopback", () => {
  if (mayCapture(process.platform) !== true) {
    process.stderr.write("skipped: this user may not capture\n");
    return;
  }
  for (const mayUseLibpcap of [true, false]) {
    const isThere = mayUseLibpcap
      ? openLibpcap(process.platform) !== undefined
      : process.platform === "linux";
    if (!isThere) {
      process.stderr.write(`skipped: no ${mayUseLibpcap ? "libpcap" : "packet sockets"} here\n`);
      continue;
    }
    test(`each datagram once, in order (libpcap: ${mayUseLibpcap})`, async () => {
      expect(await captureDatagrams({ mayUseLibpcap })).toEqual(wanted);
    });

    test(`an interface that is not there (libpcap: ${mayUseLibpcap})`, async () => {
      expect(openLiveSource({ ...options, mayUseLibpcap, interfaceName: "nowhere0" })).rejects.toThrow(
        "cannot capture on nowhere0: there is no such interface; pcs interfaces lists them.",
      );
    });

    test(`a single packet does not wait for others (libpcap: ${mayUseLibpcap})`, async () => {
      const source = await openLiveSource({ ...options, mayUseLibpcap });
      // Whatever came before is out of the way.
      await sendDatagrams(1);
      await source.next();
      let fastest = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 5; i++) {
        const startedAt = performance.now();
        await sendDatagrams(1);
        await source.next();
        fastest = Math.min(fastest, performance.now() - startedAt);
      }
      expect(fastest).toBeLessThan(100);
      await source.close();
    });

    test(`closed while packets wait (libpcap: ${mayUseLibpcap})`, async () => {
      const source = await openLiveSource({ ...options, mayUseLibpcap });
      await sendDatagrams(100);
      await Bun.sleep(100);
      await source.close();
      expect(await source.next()).toBeUndefined();
    });
  }

  test("a filter takes only what matches", async () => {
    if (openLibpcap(process.platform) === undefined) return;
    expect(await captureDatagrams({ filter: "udp[8:4] = 0x70637320" })).toEqual(wanted);
    expect(await captureDatagrams({ filter: "udp and port 1" })).toEqual([]);
    expect(openLiveSource({ ...options, filter: "no such thing" })).rejects.toThrow(
      /^the filter 'no such thing' is wrong: .+\.$/,
    );
  });
});

test("without libpcap a filter is refused, with what installs it", () => {
  expect(openLiveSource({ ...options, mayUseLibpcap: false, filter: "tcp" })).rejects.toThrow(
    "--filter needs libpcap, which is not installed here: install it.",
  );
});
