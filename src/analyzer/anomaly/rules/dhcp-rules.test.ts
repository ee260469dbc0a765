import { describe, expect, test } from "bun:test";
import { bytes, u32 } from "../../capture/bytes-builder.test-support.ts";
import {
  arpOf,
  countsOf,
  datagram,
  host,
  overIpv4,
  reasonsOf,
  rulesOf,
  times,
  type TimedPacket,
} from "./rules.test-support.ts";

interface Message {
  op?: number;
  transaction?: number;
  client?: number;
  offered?: number;
  type?: number;
  server?: number;
}

function dhcp({
  op = 1,
  transaction = 1,
  client = 1,
  offered = 0,
  type = 1,
  server = 0,
}: Message): Uint8Array {
  const message = bytes(
    [op, 1, 6, 0],
    u32(transaction),
    new Uint8Array(8),
    u32(offered),
    new Uint8Array(8),
    "0200",
    u32(client),
    new Uint8Array(10 + 192),
    "63825363 3501",
    [type],
    server === 0 ? "" : bytes("3604", u32(server)),
    "ff",
  );
  return op === 1
    ? overIpv4(17, datagram(68, 67, message), { from: 0, to: 0xffffffff })
    : overIpv4(17, datagram(67, 68, message), { from: server, to: 0xffffffff });
}

describe("starvation", () => {
  test("by invented clients, and by one client that asks anew", () => {
    const clients = times(100, (i) => ({ data: dhcp({ client: i, transaction: i }), at: i / 20 }));
    expect(countsOf(clients)["dhcp-starvation"]).toBeGreaterThan(80);
    const anew = times(100, (i) => ({ data: dhcp({ transaction: i }), at: i / 20 }));
    expect(countsOf(anew)["dhcp-starvation"]).toBeGreaterThan(80);
    expect(reasonsOf(clients).at(-1)!.text).toMatch(
      /^asks for an address as 02:00:00:00:00:63, one of about \d+ /,
    );
  });

  test("is not what a client repeats, nor an office in the morning", () => {
    expect(countsOf(times(100, (i) => ({ data: dhcp({}), at: i / 20 })))).toEqual({});
    expect(countsOf(times(60, (i) => ({ data: dhcp({ client: i, transaction: i }), at: i * 3 })))).toEqual(
      {},
    );
  });
});

function offer(server: number, transaction = 1): Uint8Array {
  return dhcp({ op: 2, type: 2, offered: host(50), server, transaction });
}

function claims(owner: number): TimedPacket {
  return { data: arpOf(1, owner, host(50), host(1)), at: 3 };
}

describe("a second server", () => {
  test("that offers too", () => {
    const packets = [{ data: offer(host(1)) }, { data: offer(host(1)) }, { data: offer(host(66)) }];
    expect(rulesOf(packets)).toEqual(["", "", "dhcp-rogue"]);
    expect(reasonsOf(packets).at(-1)!.text).toContain("which 10.0.0.1 answered already");
  });

  test("that answers another question", () => {
    expect(rulesOf([{ data: offer(host(1)) }, { data: offer(host(66), 2) }])).toEqual(["", ""]);
  });
});

test("who was given an address by DHCP may claim it", () => {
  const given = dhcp({ op: 2, type: 5, offered: host(50), server: host(1), client: 9 });
  expect(rulesOf([claims(8), { data: given, at: 3 }, claims(9)])).toEqual(["", "", ""]);
  expect(rulesOf([claims(8), claims(9)])).toEqual(["", "arp-move"]);
});
