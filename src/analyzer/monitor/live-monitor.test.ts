import { expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { Anomalies } from "../anomaly/anomalies.ts";
import { flood, ordinary } from "../anomaly/traffic-maker.test-support.ts";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { batchOf, memoryBytes, pcapFile } from "../capture/capture-builder.test-support.ts";
import { openCapture } from "../capture/open-capture.ts";
import type { PacketBatch } from "../capture/packet-batch.ts";
import type { PacketSource } from "../capture/packet-source.ts";
import { snapshotMs } from "../limits.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { openStoredPackets } from "../store/open-stored-packets.ts";
import { analyzeCapture } from "./analyze-capture.ts";
import { LiveMonitor } from "./live-monitor.ts";

const packet = { data: ethernet(0x0800, ipv4(6, tcp())), seconds: 1 };

/** A source that gives a batch whenever the test says so. */
class PushedSource implements PacketSource {
  readonly kind = "interface";
  readonly name = "pushed";
  readonly linkTypes = [1];
  readonly dropped = 0;
  readonly warnings = [];
  readonly progress = {};
  isClosed = false;
  private resolve: (batch: PacketBatch | undefined) => void = () => {};

  next(): Promise<PacketBatch | undefined> {
    return new Promise((resolve) => (this.resolve = resolve));
  }

  async push(batch: PacketBatch | undefined): Promise<void> {
    this.resolve(batch);
    await Bun.sleep(0);
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

test("the report grows while the source runs, and is made at most so often", async () => {
  const source = new PushedSource();
  let now = 0;
  const monitor = new LiveMonitor(source, { now: () => now });
  const end = monitor.run();
  expect(monitor.current().report.packets).toBe(0);
  await source.push(batchOf([packet, packet]));
  expect(monitor.packets).toBe(2);
  expect(monitor.current().report.packets).toBe(0);
  now += snapshotMs;
  expect(monitor.current().report).toMatchObject({ packets: 2, protocols: { tcp: { packets: 2 } } });
  expect(monitor.isLive).toBe(true);
  await source.push(batchOf([packet]));
  await source.push(undefined);
  expect((await end).report.packets).toBe(3);
  expect([monitor.current().report.packets, monitor.isLive, source.isClosed]).toEqual([3, false, true]);
});

test("hosts and flows have scores where anomalies are looked for, and no such fields where not", async () => {
  const packets = [...ordinary(60), ...flood(400, 40)].toSorted((a, b) => a.seconds - b.seconds);
  const capture = pcapFile(packets.map(({ data, seconds }) => ({ data, seconds })));
  const analyze = async (anomalies?: Anomalies) => {
    const source = await openCapture("file", "made", memoryBytes(capture));
    return (await new LiveMonitor(source, { now: () => 0, anomalies }).run()).report;
  };
  const { hosts, flows, anomalies } = await analyze(new Anomalies({ seed: 1 }));
  const victim = hosts.top.find(({ address }) => address === "10.0.0.2")!;
  expect(victim.score).toBeGreaterThan(0.9);
  expect(victim.flagged).toBeGreaterThan(250);
  expect(victim.flagged).toBeLessThanOrEqual(anomalies!.flagged);
  for (const { score, flagged } of [...hosts.top, ...flows.top]) {
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThanOrEqual(victim.score!);
    expect(flagged).toBeGreaterThanOrEqual(0);
  }
  const plain = await analyze();
  expect([plain.hosts.top[0], plain.flows.top[0]].map((row) => "score" in row! || "flagged" in row!)).toEqual(
    [false, false],
  );
});

test("what is stored has the scores of its packets, and why", async () => {
  const packets = [...ordinary(60), ...flood(400, 40)].toSorted((a, b) => a.seconds - b.seconds);
  const capture = pcapFile(packets.map(({ data, seconds }) => ({ data, seconds })));
  const source = await openCapture("stdin", "made", memoryBytes(capture));
  const store = openStoredPackets(source, [tmpdir()]);
  const monitor = new LiveMonitor(source, { now: () => 0, anomalies: new Anomalies({ seed: 1 }), store });
  const { report } = await monitor.run();
  const least = Math.ceil(report.anomalies!.threshold! * 10_000);
  let flagged = 0;
  for (const { chunk, from, until } of store.columns.rows())
    for (let row = from; row < until; row++) {
      expect(chunk.score[row]).toBeLessThanOrEqual(10_000);
      if (chunk.score[row]! < least) continue;
      flagged++;
      if (flagged === 1) expect(monitor.reasonsOf(chunk.vector[row]!)[0]!.text).not.toBe("");
    }
  expect(flagged).toBe(report.anomalies!.flagged);
  expect(monitor.reasonsOf(0)).toEqual([]);
  await store.close();
});

test("a limit of packets cuts the batch that reaches it", async () => {
  const source = new PushedSource();
  const seen: number[] = [];
  const onBatch = ({ count }: PacketBatch): unknown => seen.push(count);
  const monitor = new LiveMonitor(source, { maxPackets: 3, now: () => 0, onBatch });
  const end = monitor.run();
  await source.push(batchOf([packet, packet]));
  await source.push(batchOf([packet, packet]));
  expect((await end).report.packets).toBe(3);
  expect(seen).toEqual([2, 1]);
});

test("stopped while nothing comes, it reports what came", async () => {
  const source = new PushedSource();
  const monitor = new LiveMonitor(source, { now: () => 0 });
  const end = monitor.run();
  await source.push(batchOf([packet]));
  monitor.stop();
  monitor.stop();
  expect((await end).report.packets).toBe(1);
  expect(source.isClosed).toBe(true);
});

test("a source that can be told to stop gives what it has first", async () => {
  const source = new PushedSource();
  const stoppable: PacketSource = Object.assign(source, { stop: () => void source.push(batchOf([packet])) });
  const monitor = new LiveMonitor(stoppable, { now: () => 0 });
  const end = monitor.run();
  monitor.stop();
  await Bun.sleep(0);
  await source.push(undefined);
  expect((await end).report.packets).toBe(1);
});

test("a whole file gives the report that reading it at once gives", async () => {
  const content = pcapFile([packet, { data: bytes("00"), seconds: 2 }]);
  const open = (): Promise<PacketSource> => openCapture("file", "fixture", memoryBytes(content));
  const { text } = await new LiveMonitor(await open(), { now: () => 0 }).run();
  expect(text).toBe((await analyzeCapture(await open())).text);
});

test("packets are kept for whoever shows them, and what could not be kept is told", async () => {
  const content = pcapFile([packet, packet]);
  const source = await openCapture("stdin", "-", memoryBytes(content));
  const store = openStoredPackets(source, []);
  const { report } = await new LiveMonitor(source, { now: () => 0, store }).run();
  expect(store.columns.last).toBe(2);
  expect(report.warnings).toEqual(["The bytes of packets cannot be shown: there is no folder for it."]);
});

test("a failure of who looks on ends it, and closes the source", async () => {
  const source = new PushedSource();
  const end = new LiveMonitor(source, { now: () => 0, onBatch: fail }).run();
  const failure = end.catch((error: unknown) => String(error));
  await source.push(batchOf([packet]));
  expect(await failure).toBe("Error: the disk is full");
  expect(source.isClosed).toBe(true);
});

function fail(): never {
  throw new Error("the disk is full");
}

test("counts are there at any time, and tell the losses of the kernel and of pcs apart", async () => {
  const source = Object.assign(new PushedSource(), { dropped: 5, droppedByPcs: 2 });
  let now = 0;
  const anomalies = new Anomalies({ seed: 1, isRolling: true });
  const monitor = new LiveMonitor(source, { now: () => now, anomalies });
  const end = monitor.run();
  expect(monitor.counts()).toEqual({
    packets: 0,
    bytes: 0,
    lastTime: null,
    droppedByKernel: 3,
    droppedByPcs: 2,
    flagged: 0,
    learning: true,
    live: true,
  });
  await source.push(batchOf([packet, { ...packet, seconds: 2, fraction: 500_000_000 }]));
  expect(monitor.counts()).toMatchObject({ packets: 2, bytes: 108, lastTime: 2.5 });
  expect(anomalies.report().scored).toBe(0);
  now += snapshotMs;
  monitor.counts();
  expect(anomalies.report().scored).toBe(2);
  await source.push(undefined);
  await end;
  expect(monitor.counts().live).toBe(false);
  const without = new LiveMonitor(new PushedSource(), { now: () => 0 });
  expect(without.counts()).toMatchObject({ flagged: null, learning: false });
});

test("what is marked as expected is left out of the next report, though nothing new came", async () => {
  const marks = new Set<string>();
  const list = () => Array.from(marks, (key) => ({ key, text: "", since: 0 }));
  const expected = { has: (key: string) => marks.has(key), list };
  const content = pcapFile([...ordinary(60), ...flood(400, 40)], { magic: 0xa1b23c4d });
  const source = await openCapture("stdin", "-", memoryBytes(content));
  const monitor = new LiveMonitor(source, { now: () => 0, anomalies: new Anomalies({ seed: 1, expected }) });
  const { anomalies } = (await monitor.run()).report;
  const { flagged, episodes } = anomalies!;
  expect([flagged > 250, anomalies!.expectedPackets]).toEqual([true, 0]);
  for (const { key } of episodes) marks.add(key);
  expect(monitor.current().report.anomalies?.flagged).toBe(flagged);
  monitor.expectOtherwise();
  expect(monitor.current().report.anomalies).toMatchObject({ flagged: 0, expectedPackets: flagged });
  expect(monitor.counts().flagged).toBe(0);
});

test("a capture is judged at its end in steps, between which there are turns and answers, to the same result", async () => {
  const content = pcapFile([...ordinary(60), ...flood(400, 40)], { magic: 0xa1b23c4d });
  const open = async (now: () => number) =>
    new LiveMonitor(await openCapture("stdin", "-", memoryBytes(content)), {
      now,
      anomalies: new Anomalies({ seed: 1 }),
    });
  const { text } = await (await open(() => 0)).run();
  // A clock by which each step takes long enough.
  let time = 0;
  const monitor = await open(() => (time += 1000));
  let turns = 0;
  let isEnded = false;
  const look = (): void => {
    if (isEnded) return;
    turns++;
    const { report } = monitor.current();
    if (monitor.isLive) expect([report.anomalies, monitor.counts().flagged]).toEqual([undefined, 0]);
    setImmediate(look);
  };
  setImmediate(look);
  const finished = await monitor.run();
  isEnded = true;
  expect(finished.text).toBe(text);
  // A batch, and tens of steps: those of the model, of the rows, and an explanation each.
  expect(turns).toBeGreaterThan(20);
});
