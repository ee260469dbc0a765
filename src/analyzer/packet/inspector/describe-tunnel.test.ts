import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, tcp, udp, udpTo } from "../packet-builder.test-support.ts";
import { fieldsOf } from "./inspect-fields.test-support.ts";

const inside = ipv4(17, udp());
const over = (port: number, ...payload: (string | Uint8Array)[]) =>
  ethernet(0x0800, ipv4(17, udpTo(port, bytes(...payload))));

test.each<[string, Uint8Array, string, Record<string, string>]>([
  ["MPLS", ethernet(0x8847, bytes("00010140", inside)), "mpls", { Label: "16", "Bottom of stack": "1" }],
  ["PPPoE", ethernet(0x8863, bytes("11 09 0000 0000")), "pppoe", { Code: "0x09 (initiation)" }],
  ["PPP", ethernet(0x8864, bytes("11 00 0001 001e 0021", inside)), "ppp", { Protocol: "0x0021 (IPv4)" }],
  [
    "GRE",
    ethernet(0x0800, ipv4(47, bytes("2000 0800 00000007", inside))),
    "gre",
    { Flags: "key", Key: "0x00000007", Protocol: "0x0800 (IPv4)" },
  ],
  ["VXLAN", over(4789, "08000000 00000100", ethernet(0x0800, inside)), "vxlan", { Network: "1" }],
  ["Geneve", over(6081, "00 00 0800 000002 00", inside), "geneve", { Network: "2" }],
  ["GTP", over(2152, "30 ff 0030 00000001", ipv4(6, tcp())), "gtp", { "Message type": "255 (user data)" }],
  ["L2TP", over(1701, "0002 0001 0002 0021", inside), "l2tp", { Tunnel: "1", Session: "2" }],
])("%s", (_name, packet, layer, fields) => {
  expect(fieldsOf(packet, layer)).toMatchObject(fields);
});

test("Cisco's HDLC, and the frame of PPP", () => {
  expect(fieldsOf(bytes("ff03 0021", inside), "ppp", 9)).toEqual({ Address: "0xff", Control: "0x03" });
  expect(fieldsOf(bytes("0f00 0800", inside), "link", 104)).toEqual({});
  expect(fieldsOf(bytes("0f00 0800", inside), "hdlc", 9)).toMatchObject({ Protocol: "0x0800 (IPv4)" });
});
