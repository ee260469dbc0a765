import { expect, test } from "bun:test";
import type { FixturePacket } from "../capture/capture-builder.test-support.ts";
import { client, flowsOf, opening, segment, server, type Segment } from "./traffic-builder.test-support.ts";

function sent(content: Segment, milliseconds: number, back = false): FixturePacket {
  const [from, to] = back ? [server, client] : [client, server];
  return { data: segment(from, to, content), seconds: 1, fraction: milliseconds * 1e6 };
}

function data(sequence: number, length = 10): Segment {
  return { sequence, payload: new Uint8Array(length) };
}

function state(...packets: FixturePacket[]) {
  return flowsOf(...packets).top[0]!.state;
}

test("the handshake: who began, and the round trip", () => {
  expect(flowsOf(...opening(client, server)).top[0]).toMatchObject({
    source: "10.0.0.1",
    destinationPort: 443,
    state: "established",
    rttMs: 30,
  });
  expect(flowsOf(...opening(server, client)).top[0]).toMatchObject({ source: "10.0.0.2", sourcePort: 443 });
});

test("an answer seen before its question tells who began all the same", () => {
  const [question, answer] = opening(server, client);
  expect(flowsOf(answer!, question!).top[0]).toMatchObject({ source: "10.0.0.2" });
  expect(flowsOf(answer!).top[0]).toMatchObject({ source: "10.0.0.2" });
});

test("states", () => {
  const open = opening(client, server);
  expect(state(open[0]!)).toBe("opening");
  expect(state(open[0]!, sent({ flags: "RA" }, 1, true))).toBe("refused");
  expect(state(sent(data(1), 1))).toBe("established");
  expect(state(...open, sent({ flags: "FA", sequence: 101 }, 1))).toBe("closing");
  expect(
    state(...open, sent({ flags: "FA", sequence: 101 }, 1), sent({ flags: "FA", sequence: 901 }, 2, true)),
  ).toBe("closed");
  expect(state(...open, sent({ flags: "R", sequence: 101 }, 1))).toBe("reset");
});

test("what was sent before comes again: a retransmission", () => {
  expect(flowsOf(sent(data(1), 0), sent(data(11), 1), sent(data(1), 300)).top[0]).toMatchObject({
    retransmissions: 1,
    outOfOrder: 0,
  });
});

test("what was overtaken comes soon after: out of order", () => {
  expect(flowsOf(sent(data(1), 0), sent(data(21), 1), sent(data(11), 2)).top[0]).toMatchObject({
    retransmissions: 0,
    outOfOrder: 1,
  });
});

test("a keep-alive is neither, and numbers go round", () => {
  expect(
    flowsOf(sent(data(0xfffffff8, 16), 0), sent(data(8), 1), sent(data(17, 1), 900)).top[0],
  ).toMatchObject({
    retransmissions: 0,
    outOfOrder: 0,
  });
});

test("the same ends begin again with another first number, and not with the same one", () => {
  const again = flowsOf(...opening(client, server), ...opening(client, server, 5, 7000));
  expect(again.total).toBe(2);
  expect(again.top.map(({ packetsOut, packetsIn }) => [packetsOut, packetsIn])).toEqual([
    [2, 1],
    [2, 1],
  ]);
  expect(flowsOf(...opening(client, server), ...opening(client, server, 5)).total).toBe(1);
});
