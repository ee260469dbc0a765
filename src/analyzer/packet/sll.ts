/** Linux cooked captures, version 1 and 2 (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html). */
import { nextOfEtherType } from "./ether-type.ts";
import { nextOfGreProtocol } from "./gre.ts";
import { next } from "./next-header.ts";
import type { PacketCursor } from "./packet-cursor.ts";

/**
 *      0             2               4                6                 14
 *     | packet type | hardware type | address length | address 8 bytes | protocol |
 */
export function decodeSll(p: PacketCursor): number {
  if (!p.has(16)) return next.none;
  const hardware = p.uint16(2);
  const protocol = p.uint16(14);
  p.at += 16;
  return afterHardware(p, hardware, protocol);
}

/**
 *      0          2          4           8               10            11               12
 *     | protocol | reserved | interface | hardware type | packet type | address length | address 8 bytes |
 */
export function decodeSll2(p: PacketCursor): number {
  if (!p.has(20)) return next.none;
  const protocol = p.uint16(0);
  const hardware = p.uint16(8);
  p.at += 20;
  return afterHardware(p, hardware, protocol);
}

function afterHardware(p: PacketCursor, hardware: number, protocol: number): number {
  switch (hardware) {
    case 770:
      return next.frameRelay;
    case 778:
      return nextOfGreProtocol(p, protocol);
    case 801:
    case 802:
      return next.wlan;
    case 803:
      p.argument = 127; // radiotap
      return next.linkLayer;
    case 824: // netlink
      return next.none;
    default:
      return nextOfProtocol(p, protocol);
  }
}

/** Numbers below the EtherTypes are Linux's own. */
function nextOfProtocol(p: PacketCursor, protocol: number): number {
  switch (protocol) {
    case 3:
      return next.ethernet;
    case 4:
      return next.llc;
    case 7:
      return next.ppp;
    default:
      return nextOfEtherType(p, protocol);
  }
}
