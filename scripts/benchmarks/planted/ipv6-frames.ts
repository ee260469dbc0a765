/** Frames of ICMPv6 neighbour discovery (RFC 4861), and the addresses that belong to a MAC. */
import { checksum, ethernet } from "./frames.ts";

const linkLocalPrefix = Buffer.from("fe80000000000000", "hex");
export const allNodes = Buffer.from("ff020000000000000000000000000001", "hex");

/** fe80:: and the MAC with ff:fe in its middle and one bit turned (RFC 4291, appendix A). */
export function linkLocal(mac: number): Buffer {
  return address(linkLocalPrefix, mac);
}

/** @param prefix 8 bytes */
export function address(prefix: Buffer, mac: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.set(prefix);
  bytes.writeUIntBE(Math.floor(mac / 0x1000000), 8, 3);
  bytes.writeUInt16BE(0xfffe, 11);
  bytes.writeUIntBE(mac % 0x1000000, 13, 3);
  bytes[8]! ^= 2;
  return bytes;
}

/** ff02::1:ff and the last three bytes. */
export function solicitedNode(target: Buffer): Buffer {
  const bytes = Buffer.from("ff0200000000000000000001ff000000", "hex");
  bytes.set(target.subarray(13), 13);
  return bytes;
}

/** 33:33 and the last four bytes. */
export function multicastMac(group: Buffer): number {
  return 0x333300000000 + group.readUInt32BE(12);
}

export interface Ipv6Ends {
  toMac: number;
  fromMac: number;
  source: Buffer;
  destination: Buffer;
}

/** ICMPv6 with the hop limit of 255 that neighbour discovery asks for. */
export function neighbourFrame(
  { toMac, fromMac, source, destination }: Ipv6Ends,
  type: number,
  body: Buffer,
): Buffer {
  const message = Buffer.alloc(4 + body.length);
  message[0] = type;
  message.set(body, 4);
  const pseudo = Buffer.alloc(40);
  pseudo.set(source, 0);
  pseudo.set(destination, 16);
  pseudo.writeUInt32BE(message.length, 32);
  pseudo[39] = 58;
  message.writeUInt16BE(checksum(Buffer.concat([pseudo, message])), 2);
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(message.length, 4);
  header[6] = 58;
  header[7] = 255;
  header.set(source, 8);
  header.set(destination, 24);
  return ethernet(toMac, fromMac, 0x86dd, Buffer.concat([header, message]));
}

/** @param type 1 the sender's MAC, 2 the target's */
export function linkLayerOption(type: 1 | 2, mac: number): Buffer {
  const option = Buffer.from([type, 1, 0, 0, 0, 0, 0, 0]);
  option.writeUIntBE(mac, 2, 6);
  return option;
}

export function solicitation(fromMac: number, source: Buffer, target: Buffer): Buffer {
  const destination = solicitedNode(target);
  const ends = { toMac: multicastMac(destination), fromMac, source, destination };
  return neighbourFrame(ends, 135, Buffer.concat([Buffer.alloc(4), target, linkLayerOption(1, fromMac)]));
}

export function advertisement(fromMac: number, target: Buffer, to: { mac: number; address: Buffer }): Buffer {
  const ends = { toMac: to.mac, fromMac, source: target, destination: to.address };
  const flags = Buffer.from([0x60, 0, 0, 0]);
  return neighbourFrame(ends, 136, Buffer.concat([flags, target, linkLayerOption(2, fromMac)]));
}
