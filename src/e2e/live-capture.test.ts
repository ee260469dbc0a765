/** Live capture between two namespaces: whatever is sent is counted, and nothing of it is lost. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Report } from "../analyzer/monitor/report.ts";
import { emptyFolder, executable } from "./executable.test-support.ts";
import { LiveDashboard } from "./live-dashboard.test-support.ts";
import {
  missingForNamespaces,
  TwoNamespaces,
  writeFrames,
  writeTaggedFrames,
} from "./two-namespaces.test-support.ts";

const clone = [process.execPath, resolve(import.meta.dir, "../main.ts")];
const sent = 400_000;

/**
 * Every packet is in the store, with its bytes as they were sent, or counted among those that came too fast to be
 * kept: counting comes first.
 */
async function expectStored(live: LiveDashboard, frames: string): Promise<void> {
  const record = readFileSync(frames).subarray(24);
  const lengths: number[] = [];
  for (let at = 0; at < record.length; at += 16 + lengths.at(-1)!) lengths.push(record.readUInt32LE(at + 8));
  const exported = Buffer.from(await live.ask("api/export.pcap"));
  let [packets, missing] = [0, 0];
  for (let at = 24; at < exported.length; packets++) {
    const captured = exported.readUInt32LE(at + 8);
    if (captured === 0) missing++;
    else expect(captured).toBe(lengths[packets % lengths.length]!);
    at += 16 + captured;
  }
  expect(packets).toBe(sent);
  const { warnings } = JSON.parse(new TextDecoder().decode(await live.ask("api/report"))) as Report;
  const told = warnings.map((each) => /^The bytes of ([\d,]+) packets were not kept/.exec(each)?.[1]);
  const count = told.find((each) => each !== undefined) ?? "0";
  expect(Number(count.replaceAll(",", ""))).toBe(missing);
  const shown = JSON.parse(new TextDecoder().decode(await live.ask(`api/packets/${sent}`)));
  expect(shown).toMatchObject({ number: sent, size: lengths.at(-1) });
}

describe("live capture", () => {
  const missing = missingForNamespaces("tcpreplay");
  if (missing !== undefined) {
    process.stderr.write(`skipped: live capture: ${missing}\n`);
    return;
  }
  let folder = "";
  let frames = "";
  let net: TwoNamespaces;
  beforeAll(() => {
    folder = emptyFolder();
    frames = join(folder, "frames.pcap");
    writeFrames(frames);
    net = new TwoNamespaces();
  });
  afterAll(() => {
    net.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, pcs, env] of [
    ["from a clone", () => clone, {}],
    ["by the executable", () => [executable()], {}],
    ["by the executable, with libpcap hidden", () => [executable()], { PCS_LIBPCAP: "none" }],
  ] as const)
    test(`${name}: ${sent} frames at top speed, a dashboard open, each counted`, async () => {
      const live = await LiveDashboard.start(net.inside(net.receiver), pcs(), [], env);
      try {
        const said = await net.replay(frames, sent);
        const last = await live.until(({ packets, dropped }) => packets + dropped >= sent);
        process.stderr.write(`${name}: ${/[\d.]+ pps/.exec(said)?.[0]}, ${JSON.stringify(last)}\n`);
        expect(last).toMatchObject({ packets: sent, dropped: 0, live: true });
        // The client saw it grow.
        expect(new Set(live.states.map(({ packets }) => packets)).size).toBeGreaterThan(2);
        await expectStored(live, frames);
      } finally {
        expect(await live.stop()).toBe(0);
      }
    }, 60_000);

  async function analyze(
    words: string[],
    env: Record<string, string>,
    meanwhile: (child: Bun.Subprocess) => Promise<unknown>,
  ) {
    const child = Bun.spawn(
      [...net.inside(net.receiver), ...clone, "analyze", "--iface", "in", "--json", ...words],
      { stdout: "pipe", stderr: "pipe", cwd: folder, env: { ...process.env, ...env } },
    );
    const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text(), meanwhile(child)]);
    return { code: await child.exited, report: stdout === "" ? undefined : JSON.parse(stdout), stderr };
  }

  /** Sends 100 frames four times a second, until `analyze` has ended: nobody knows when it is ready. */
  async function keepSending(child: Bun.Subprocess, times = 60): Promise<void> {
    for (let i = 0; i < times && child.exitCode === null; i++) {
      await Bun.sleep(250);
      await net.replay(frames, 100);
    }
  }

  for (const env of [{ PCS_LIBPCAP: "" }, { PCS_LIBPCAP: "none" }])
    describe(env.PCS_LIBPCAP === "" ? "libpcap" : "a packet socket", () => {
      test("--count ends after so many, which --write has saved", async () => {
        for (const file of ["saved.pcap", "saved.pcapng"]) {
          const { code, report } = await analyze(["--count", "150", "--write", file], env, keepSending);
          expect(code).toBe(0);
          expect(report).toMatchObject({
            packets: 150,
            dropped: 0,
            source: { kind: "interface", name: "in" },
          });
          const again = Bun.spawnSync([...clone, "analyze", "--json", "--read", join(folder, file)]);
          const { source, ...saved } = JSON.parse(again.stdout.toString());
          expect({ ...report, source: 0 }).toEqual({ ...saved, source: 0 });
          expect(source).toMatchObject({ kind: "file", linkTypes: ["ethernet"] });
          if (Bun.which("capinfos") !== null) {
            const said = Bun.spawnSync(["capinfos", "-M", "-c", "-d", join(folder, file)]).stdout.toString();
            expect(said).toMatch(/Number of packets: +150\n/);
            expect(said).toContain(`${report.bytes} bytes`);
          }
        }
      }, 30_000);

      test("--duration ends after its time, however much comes", async () => {
        const many = 600_000;
        let sentThen = 0;
        // A fast machine sends so many in less than the second.
        const { code, report } = await analyze(["--duration", "1"], env, async (child) => {
          for (let times = 0; times < 20 && child.exitCode === null; times++) {
            sentThen += many;
            await net.replay(frames, many);
          }
        });
        expect(code).toBe(0);
        expect(report.packets).toBeGreaterThan(1000);
        expect(report.packets).toBeLessThan(sentThen);
        expect(report.durationSeconds).toBeLessThan(5);
      }, 30_000);
    });

  test("--filter takes what matches, and a wrong one is told in a sentence", async () => {
    const { report } = await analyze(["--filter", "udp and port 2002", "--count", "10"], {}, keepSending);
    expect(report.layers).toMatchObject({ udp: { packets: 10 } });
    expect(report.layers.tcp).toBeUndefined();
    const wrong = await analyze(["--filter", "no such thing"], {}, () => Promise.resolve());
    expect(wrong).toMatchObject({ code: 1, report: undefined });
    expect(wrong.stderr).toMatch(/^pcs: the filter 'no such thing' is wrong: [^\n]+\.\n$/);
    const hidden = await analyze(["--filter", "udp"], { PCS_LIBPCAP: "none" }, () => Promise.resolve());
    expect(hidden.code).toBe(1);
    expect(hidden.stderr).toMatch(/^pcs: --filter needs libpcap, which is not installed here: [^\n]+\.\n$/);
  }, 30_000);

  for (const env of [{ PCS_LIBPCAP: "" }, { PCS_LIBPCAP: "none" }])
    test(`an interface that goes away ends it (${env.PCS_LIBPCAP || "libpcap"})`, async () => {
      const gone = await analyze([], env, async (child) => {
        await keepSending(child, 10);
        Bun.spawnSync(["ip", "-n", net.sender, "link", "del", "out"]);
      });
      net.remove();
      net = new TwoNamespaces();
      expect(gone.code).toBe(0);
      expect(gone.report.packets).toBeGreaterThan(100);
      expect(gone.report.warnings).toEqual([expect.stringContaining("what came before counts.")]);
    }, 30_000);

  for (const env of [{ PCS_LIBPCAP: "" }, { PCS_LIBPCAP: "none" }])
    test(`down and up again it goes on; tags that the kernel took off are back (${env.PCS_LIBPCAP || "libpcap"})`, async () => {
      const tagged = join(folder, "tagged.pcap");
      writeTaggedFrames(tagged);
      const { code, report } = await analyze([], env, async (child) => {
        await keepSending(child, 10);
        for (const state of ["down", "up"]) {
          Bun.spawnSync(["ip", "-n", net.receiver, "link", "set", "in", state]);
          await Bun.sleep(300);
        }
        await net.replay(tagged, 50);
        await Bun.sleep(300);
        child.kill("SIGINT");
      });
      expect(code).toBe(130);
      expect(report.layers.ipv4.packets).toBeGreaterThan(50);
      // 14 for Ethernet, 4 for the tag, 46 for the rest.
      expect(report.layers.vlan).toEqual({ packets: 50, bytes: 50 * 64 });
    }, 30_000);

  test("Ctrl-C prints the report of what came, and a saved file is whole; root is given up", async () => {
    // A folder in which anybody may write.
    const saved = join(tmpdir(), `pcs-${process.pid}.pcapng`);
    const child = Bun.spawn(
      [...net.inside(net.receiver), ...clone, "analyze", "--iface", "in", "--json", "--write", saved],
      {
        stdout: "pipe",
        stderr: "pipe",
        cwd: folder,
        env: { ...process.env, SUDO_UID: "65534", SUDO_GID: "65534" },
      },
    );
    await keepSending(child, 10);
    for (const task of new Bun.Glob("*/status").scanSync(`/proc/${child.pid}/task`)) {
      const status = readFileSync(`/proc/${child.pid}/task/${task}`, "utf8");
      expect(status).toContain("Uid:\t65534\t65534\t65534\t65534\n");
      expect(status).toContain("Gid:\t65534\t65534\t65534\t65534\n");
      expect(status).toMatch(/Groups:\t65534 ?\n/);
    }
    child.kill("SIGINT");
    const report = JSON.parse(await child.stdout.text());
    expect(await child.exited).toBe(130);
    expect(report.packets).toBeGreaterThan(100);
    expect(statSync(saved).uid).toBe(65_534);
    const again = Bun.spawnSync([...clone, "analyze", "--json", "--read", saved]);
    expect(JSON.parse(again.stdout.toString())).toMatchObject({
      packets: report.packets,
      bytes: report.bytes,
    });
    rmSync(saved);
  }, 30_000);
});
