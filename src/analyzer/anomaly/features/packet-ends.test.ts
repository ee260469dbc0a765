import { describe, expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { batchOf } from "../../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../../packet/decode-batch.ts";
import { createDecodedColumns } from "../../packet/decoded-columns.ts";
import { ethernet, ipv4, ipv6, udp, vlan } from "../../packet/packet-builder.test-support.ts";
import { PacketEnds } from "./packet-ends.ts";

function endsOf(data: Uint8Array, linkType = 1) {
  const batch = batchOf([{ data }], linkType);
  const columns = createDecodedColumns(1);
  decodeBatch(batch, columns);
  const ends = new PacketEnds();
  ends.read(batch, columns, 0);
  const { sourceHigh, sourceLow, destinationHigh, destinationLow, station } = ends;
  return {
    source: `${sourceHigh} ${sourceLow}`,
    destination: `${destinationHigh} ${destinationLow}`,
    station,
  };
}

const question = "0001 0800 06 04 0001 0a0000000002";
const arp = (sender: string, target: string): Uint8Array => bytes(question, sender, "000000000000", target);

describe("the ends of a packet", () => {
  const plain = endsOf(ethernet(0x0800, ipv4(17, udp())));

  test("are IPv4 addresses, however they were carried", () => {
    const tagged = endsOf(ethernet(0x8100, vlan(5, 0x0800, ipv4(17, udp()))));
    const raw = endsOf(ipv4(17, udp()), 101);
    expect(tagged).toEqual(plain);
    expect(raw).toEqual({ ...plain, station: 0 });
    expect(plain.source).not.toBe(plain.destination);
  });

  test("are the addresses that ARP speaks of: the same hosts", () => {
    const asked = endsOf(ethernet(0x0806, arp("0a000001", "0a000002")));
    expect(asked).toEqual(plain);
    const tagged = endsOf(ethernet(0x8100, vlan(5, 0x0806, arp("0a000001", "0a000002"))));
    expect(tagged).toEqual(plain);
  });

  test("are link addresses where there are no others, and where ARP is cut", () => {
    const other = endsOf(ethernet(0x88cc, bytes("0000")));
    const cut = endsOf(ethernet(0x0806, bytes("0001 0800")));
    expect(cut).toEqual(other);
    expect(other.source).not.toBe(other.destination);
    expect(other.source).not.toBe(plain.source);
  });

  test("IPv6 has both ends", () => {
    const { source, destination } = endsOf(ethernet(0x86dd, ipv6(17, udp())));
    // Both addresses of the builder are the same.
    expect(source).toBe(destination);
  });

  test("nothing to go by is the same for all", () => {
    expect(endsOf(bytes("0102"), 147)).toEqual(endsOf(bytes("ffff ffff"), 147));
  });
});
