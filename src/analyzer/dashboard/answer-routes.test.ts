import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { flood, ordinary } from "../anomaly/traffic-maker.test-support.ts";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { maxWaitingAnswers } from "../limits.ts";
import { ethernet, ipv4, tcp, udp } from "../packet/packet-builder.test-support.ts";
import type { AnomaliesAnswer, Answers, Problem } from "./contract.ts";
import { problemOf, TestDashboard } from "./dashboard.test-support.ts";

const [segment, datagram] = [ethernet(0x0800, ipv4(6, tcp())), ethernet(0x0800, ipv4(17, udp()))];
const mixed = pcapFile(
  Array.from({ length: 300 }, (_, i) => ({
    data: i % 3 === 0 ? datagram : segment,
    seconds: i,
    fraction: i,
  })),
  { magic: 0xa1b23c4d },
);
const attacked = pcapFile([...ordinary(60), ...flood(400, 40)], { magic: 0xa1b23c4d });
let plain: TestDashboard;
let judged: TestDashboard;

beforeAll(async () => {
  plain = await TestDashboard.open({ content: mixed });
  judged = await TestDashboard.open({ content: attacked, isJudged: true });
});
afterAll(async () => {
  await plain[Symbol.asyncDispose]();
  await judged[Symbol.asyncDispose]();
});

async function ask<R extends keyof Answers>(route: R, query = "", from = plain): Promise<Answers[R]> {
  const response = await from.ask(`${route}?${query}`);
  if (response.status !== 200) throw new Error(await response.text());
  expect(response.headers.get("Content-Type")).toBe("application/json");
  return (await response.json()) as Answers[R];
}

describe("the report", () => {
  test("of all is that of the stream, of some says what is stored", async () => {
    expect(await ask("/api/report")).not.toHaveProperty("selection");
    expect(await ask("/api/report", "protocol=udp")).toMatchObject({
      packets: 100,
      bytes: 4200,
      protocols: { udp: { packets: 100 } },
      flows: { total: 1 },
      selection: { firstStored: 1, lastStored: 300 },
    });
    const text = await (await plain.ask("/api/report?from=7&to=9")).text();
    expect(text).toContain('"firstTime":7.000000007,');
  });

  test.each([
    ["src=10.0.0.0/8&dst=10.0.0.2", 300],
    ["src=10.0.0.2", 0],
    ["port=53", 100],
    ["q=tcp and number <= 10", 6],
    ["protocol=tcp&q=number > 290", 7],
    ["from=100&to=101.5", 2],
    ["from=5000", 0],
  ])("of %s: %p packets, however it is asked", async (query, packets) => {
    expect((await ask("/api/report", query)).packets).toBe(packets);
    expect((await ask("/api/packets", query)).total).toBe(packets);
    const series = await ask("/api/series", query);
    expect(series.packets.reduce((sum, each) => sum + each, 0)).toBe(packets);
    const hosts = await ask("/api/hosts", query);
    expect(hosts.rows.reduce((sum, { packetsOut }) => sum + packetsOut, 0)).toBe(packets);
  });
});

describe("the series by protocol", () => {
  test.each(["", "src=10.0.0.1"])("adds up, with %p", async (query) => {
    const { time, packets, protocols = {} } = await ask("/api/series", `by=protocol&${query}`);
    expect([time.length, Object.keys(protocols).sort()]).toEqual([300, ["tcp", "udp"]]);
    packets.forEach((count, i) =>
      expect(protocols.tcp!.packets[i]! + protocols.udp!.packets[i]!).toBe(count),
    );
  });
});

describe("rows", () => {
  test("a page of packets, sorted", async () => {
    const { total, offset, rows } = await ask("/api/packets", "offset=2&limit=3&sort=-number");
    expect([total, offset, rows.map(({ number }) => number)]).toEqual([300, 2, [298, 297, 296]]);
    expect((await ask("/api/packets", "sort=size&limit=1")).rows[0]).toMatchObject({ size: 42, number: 1 });
    expect((await ask("/api/packets")).rows).toHaveLength(100);
    expect((await ask("/api/packets", "offset=300")).rows).toEqual([]);
  });

  test("flows and conversations", async () => {
    const flows = await ask("/api/flows", "sort=-packetsOut");
    expect(flows).toMatchObject({ total: 2, rows: [{ packetsOut: 200 }, { packetsOut: 100 }] });
    const { flow } = flows.rows[0]!;
    expect((await ask("/api/packets", `q=flow = ${flow}`)).total).toBe(200);
    expect(await ask("/api/conversations")).toMatchObject({
      total: 1,
      rows: [{ a: "10.0.0.1", b: "10.0.0.2", flows: 2 }],
    });
  });
});

const of = async (query: string): Promise<AnomaliesAnswer> => await ask("/api/anomalies", query, judged);

describe("anomalies", () => {
  test("of all are those of the report", async () => {
    const { anomalies } = await ask("/api/report", "", judged);
    const all = await of("");
    expect(all).toEqual(anomalies!);
    expect([all.flagged > 250, all.episodes[0]?.hosts[0]]).toEqual([true, "10.0.0.2"]);
  });

  test("of some have the counts of these, and the episodes that they take part in", async () => {
    const all = await of("");
    const none = await of("src=192.0.2.1");
    expect(none).toMatchObject({ scored: 0, flagged: 0, top: [], episodes: [], episodesTotal: 0 });
    expect([none.threshold, none.thresholdRule]).toEqual([all.threshold, all.thresholdRule]);
    const { columns } = judged.captures.find(undefined)!.packets;
    const threshold = judged.captures.find(undefined)!.monitor.answers!.select({
      kind: "filter",
      node: { kind: "all" },
      key: "all",
    }).threshold!;
    // The detector's own scores, which tests of this route do not wait for.
    const strange = Math.ceil(threshold * 1e4);
    const scores = new Uint16Array(2200);
    for (const { number, from, until, chunk } of columns.rows())
      for (let row = from; row < until; row++)
        scores[number + row - from - 1] =
          chunk.destinationPort[row] === 80 && chunk.seconds[row] === 40 ? strange : 0;
    columns.setScores(1, scores, new Uint32Array(2200), 2200);
    const during = await of("dst=10.0.0.2&from=40&to=41");
    expect(during.flagged).toBeGreaterThan(250);
    expect(during.episodes[0]).toEqual(all.episodes[0]);
    expect(await of("from=10&to=20")).toMatchObject({ flagged: 0, episodes: [] });
    const { key } = all.episodes[0]!;
    await judged.post("/api/expected", JSON.stringify({ key, expected: true }));
    const after = await of("dst=10.0.0.2&from=40&to=41");
    expect(after.episodes.at(-1)).toMatchObject({ key, expected: true });
    expect(after.expectedPackets).toBeGreaterThan(250);
    expect(after.flagged).toBe(during.flagged - after.expectedPackets);
    await judged.post("/api/expected", JSON.stringify({ key, expected: false }));
  });

  test("where they are not looked for that is said", async () => {
    expect(await problemOf(plain.ask("/api/anomalies"))).toBe(
      "404 not_found: Anomalies are not looked for here: pcs was started with --no-anomalies.",
    );
  });
});

describe("what is asked wrongly is told in a sentence", () => {
  test.each([
    ["/api/report?limit=5", "400 unknown_parameter: There is no parameter 'limit' here."],
    ["/api/series?by=host", "400 bad_request: A series can be told by protocol, and not by 'host'."],
    ["/api/report?src=10.0.0.0/33", "400 bad_request: "],
    ["/api/report?src=x", "400 bad_request: "],
    ["/api/report?port=65536", "400 bad_request: "],
    ["/api/report?from=2&to=1", "400 bad_request: The span ends before it begins"],
    ["/api/report?protocol=tpc", "400 bad_request: "],
    ["/api/report?src=10.0.0.1&src=10.0.0.2", "400 bad_request: The parameter 'src' stands there"],
    ["/api/report?q=", "400 bad_request: The parameter 'q' is empty."],
    [`/api/report?q=${"x".repeat(2000)}`, "400 bad_request: "],
    ["/api/packets?limit=0", "400 bad_request: '0' is no limit"],
    ["/api/packets?limit=1001", "400 bad_request: '1001' is no limit"],
    ["/api/packets?offset=-1", "400 bad_request: '-1' is no offset"],
    ["/api/packets?sort=colour", "400 bad_request: Rows cannot be sorted by 'colour'"],
    ["/api/flows?sort=-", "400 bad_request: "],
    ["/api/hosts?capture=7", "404 not_found: There is no open capture '7'."],
    ["/api/conversations?q=%3Cscript%3E", "400 bad_request: "],
  ])("%s", async (path, problem) => {
    expect(await problemOf(plain.ask(path))).toStartWith(problem);
  });

  test("and a filter with the place where it is wrong", async () => {
    const answer = await plain.ask("/api/report?q=tcp and prt = 1");
    const { error } = (await answer.json()) as Problem;
    expect([answer.status, error.at]).toEqual([400, { start: 8, end: 11 }]);
  });
});

async function metric(name: string): Promise<number> {
  const text = await (await plain.ask("/metrics")).text();
  return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1]);
}

test("the same asked again is not computed again, and too much at once is refused", async () => {
  const before = await metric("pcs_answer_cache_misses_total");
  for (const query of ["src=10.0.0.1&port=80", "q=port 80 and src 10.0.0.1", "port=80&q=src 10.0.0.1"])
    await ask("/api/report", query);
  expect(await metric("pcs_answer_cache_misses_total")).toBe(before + 1);
  const asked = Array.from({ length: maxWaitingAnswers + 10 }, (_, i) =>
    plain.ask(`/api/report?q=number > ${i}`),
  );
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(maxWaitingAnswers);
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  expect(await metric("pcs_answers_refused_total")).toBe(10);
});

test("of one packet, and of none, everything has an answer", async () => {
  for (const content of [pcapFile([]), pcapFile([{ data: segment }])]) {
    await using few = await TestDashboard.open({ content, isJudged: true });
    for (const query of ["", "src=10.0.0.1", "q=udp"])
      for (const route of [
        "/api/report",
        "/api/series",
        "/api/packets",
        "/api/flows",
        "/api/hosts",
        "/api/conversations",
        "/api/anomalies",
      ] as const)
        await ask(route, query, few);
    expect((await ask("/api/series", "by=protocol", few)).protocols).toBeDefined();
  }
});

test("what has no IP addresses is listed with those of its link, and is nobody's in the tables", async () => {
  const arp = ethernet(0x0806, bytes("0001 0800 06 04 0001 0a0000000002 0a000001 000000000000 0a000002"));
  await using small = await TestDashboard.open({ content: pcapFile([{ data: arp, seconds: 1 }]) });
  const ask = async (path: string): Promise<unknown> => await (await small.ask(path)).json();
  const ends = { source: "0a:00:00:00:00:02", destination: "0a:00:00:00:00:01", protocol: "arp" };
  expect(await ask("/api/packets")).toMatchObject({ total: 1, rows: [ends] });
  expect(await ask("/api/packets/1")).toMatchObject(ends);
  // As tshark counts: `ip.src` is of IP alone.
  for (const query of ["src=10.0.0.1", "q=src != 10.0.0.1", "dst=0.0.0.0/0"])
    expect([query, await ask(`/api/packets?${query}`)]).toMatchObject([query, { total: 0 }]);
  for (const table of ["hosts", "flows", "conversations"])
    expect([table, await ask(`/api/${table}`)]).toMatchObject([table, { total: 0, rows: [] }]);
});
