import { describe, expect, test } from "bun:test";
import { analyzeOptions, type AnalyzeFlags } from "./analyze-options.ts";

test("live traffic", () => {
  expect(
    analyzeOptions({
      iface: "eth0",
      filter: "tcp",
      write: "a.pcap",
      duration: "1.5",
      count: "10",
      json: true,
    }),
  ).toEqual({
    capture: { kind: "interface", name: "eth0", promiscuous: true },
    filter: "tcp",
    writeTo: "a.pcap",
    durationMs: 1500,
    maxPackets: 10,
    json: true,
    seed: 1,
    labels: undefined,
    report: undefined,
    state: undefined,
    host: "127.0.0.1",
    port: 8050,
    tokenFile: undefined,
  });
});

test("files and standard input", () => {
  expect(analyzeOptions({ read: "a.pcap", filter: "tcp", port: "0" })).toMatchObject({
    capture: { kind: "file", path: "a.pcap" },
    filter: "tcp",
    port: 0,
    json: false,
  });
  expect(analyzeOptions({ read: "-", promiscuous: true }).capture).toEqual({ kind: "stdin" });
});

describe("wrong usage", () => {
  const cases: [AnalyzeFlags, string][] = [
    [{}, "say what to analyze: --iface NAME for live traffic, or --read FILE."],
    [{ iface: "lo", read: "a" }, "--iface and --read exclude each other: a capture is live or read."],
    [{ read: "-", write: "b" }, "--write is for live traffic: it needs --iface."],
    [{ read: "a", duration: "1" }, "--duration is for live traffic: it needs --iface."],
    [{ read: "a", count: "1" }, "--count is for live traffic: it needs --iface."],
    [{ read: "a", promiscuous: false }, "--no-promiscuous is for live traffic: it needs --iface."],
    [{ read: "a", json: true, port: "1" }, "--port is for the dashboard, and with --json there is none."],
    [{ iface: "lo", json: true, host: "::1" }, "--host is for the dashboard, and with --json there is none."],
    [
      { read: "a", report: "a.html", port: "1" },
      "--port is for the dashboard, and with --report there is none.",
    ],
    [{ read: "a", json: true, state: "b" }, "--state is for the dashboard, and with --json there is none."],
    [{ read: "a", report: "" }, "--report needs the name of a file."],
    [{ iface: "lo", port: "x" }, "--port must be a port from 0 to 65535, and 'x' is none."],
  ];
  for (const [flags, sentence] of cases)
    test(sentence, () => expect(() => analyzeOptions(flags)).toThrow(sentence));

  test.each(["0", "-1", "x", "1e3", "1.", "2147484", ""])("--duration %p", (duration) => {
    expect(() => analyzeOptions({ iface: "lo", duration })).toThrow(
      /^--duration must be seconds, .+ is not\.$/,
    );
  });

  test.each(["0", "-1", "x", "1.5", "99999999999999999", ""])("--count %p", (count) => {
    expect(() => analyzeOptions({ iface: "lo", count })).toThrow(
      /^--count must be a whole number .+ is not\.$/,
    );
  });
});

test("anomalies", () => {
  expect(analyzeOptions({ read: "a.pcap", seed: "7", labels: "a.csv", json: true })).toMatchObject({
    seed: 7,
    labels: "a.csv",
  });
  expect(analyzeOptions({ read: "a.pcap", anomalies: false }).seed).toBeUndefined();
});

test.each<[AnalyzeFlags, string]>([
  [{ read: "a.pcap", seed: "x" }, "--seed must be a whole number from 0, and 'x' is not."],
  [{ read: "a.pcap", seed: "1.5" }, "--seed must be a whole number from 0, and '1.5' is not."],
  [{ read: "a.pcap", labels: "a.csv" }, "--labels is for a report: it needs --json."],
  [{ read: "a.pcap", anomalies: false, seed: "2" }, "--seed is for anomalies, and with --no-anomalies"],
  [{ read: "a.pcap", anomalies: false, labels: "a", json: true }, "--labels is for anomalies, and with"],
])("wrong usage about anomalies: %p", (flags, sentence) => {
  expect(() => analyzeOptions(flags)).toThrow(sentence);
});
