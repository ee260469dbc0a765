import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { arp, ethernet, ipv4, udp, vlan } from "../packet-builder.test-support.ts";
import { fieldsOf } from "./inspect-fields.test-support.ts";

const inside = ipv4(17, udp());

test("Ethernet, with a type and with a length", () => {
  expect(fieldsOf(ethernet(0x0800, inside), "ethernet")).toEqual({
    Destination: "0a:00:00:00:00:01",
    Source: "0a:00:00:00:00:02",
    Type: "0x0800 (IPv4)",
  });
  expect(fieldsOf(ethernet(3, bytes("424203")), "ethernet")).toMatchObject({ Length: "3" });
});

test("VLAN, LLC, ARP", () => {
  expect(fieldsOf(ethernet(0x8100, vlan(0x6005, 0x0800, inside)), "vlan")).toMatchObject({
    Priority: "3",
    VLAN: "5",
  });
  expect(fieldsOf(ethernet(8, bytes("aaaa03 00000c 2000")), "llc")).toMatchObject({
    Control: "0x03",
    Organisation: "0x00000c",
    Type: "0x2000",
  });
  expect(fieldsOf(ethernet(0x0806, arp()), "arp")).toMatchObject({
    Operation: "1 (request)",
    "Sender address": "0.0.0.0",
    "Target hardware address": "00:00:00:00:00:00",
  });
});

test("pseudo headers of capturing machines", () => {
  expect(fieldsOf(bytes("02000000", inside), "loopback", 0)).toEqual({ Family: "2 (IPv4)" });
  const sll = bytes("0004 0001 0006 0a00000000010000 0800", inside);
  expect(fieldsOf(sll, "sll", 113)).toMatchObject({ "Packet type": "4 (from us)", Source: "0a0000000001" });
  const sll2 = bytes("0800 0000 00000003 0001 00 06 0a00000000010000", inside);
  expect(fieldsOf(sll2, "sll2", 276)).toMatchObject({ Interface: "3", Source: "0a0000000001" });
  expect(fieldsOf(bytes("02 00 0001 0800 0100 08000001 2000 0900", inside), "nflog", 239)).toMatchObject({
    Resource: "1",
    "Value 1": "08000001",
  });
  const pktap = bytes("0c000000 01000000 0c000000", inside);
  expect(fieldsOf(pktap, "pktap", 258)).toMatchObject({ Length: "12", "Link type": "12" });
  expect(fieldsOf(bytes("00 00 0800 00000000 8000"), "radiotap", 127)).toMatchObject({ Length: "8" });
});
