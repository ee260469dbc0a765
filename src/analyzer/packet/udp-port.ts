/** UDP ports to the tunnels that have them. */
import { next } from "./next-header.ts";

const tunnels: readonly (readonly [port: number, header: number])[] = [
  [1701, next.l2tp],
  [2123, next.gtp],
  [2152, next.gtp],
  [3386, next.gtp],
  [3544, next.teredo],
  [4341, next.lisp],
  [4342, next.lispControl],
  [4754, next.gre],
  [4789, next.vxlan],
  [4790, next.vxlanGpe],
  [5072, next.ayiya],
  [5247, next.capwap],
  [6081, next.geneve],
  [6343, next.sflow],
  [6635, next.mpls],
  [12_222, next.lwapp],
  [12_223, next.lwapp],
  [30_030, next.juniperMirror],
  [37_008, next.tzsp],
];

const headerOfPort = new Uint8Array(65_536);
for (const [port, header] of tunnels) headerOfPort[port] = header;

/** Ports below 1024 are services, and the other end's port is any; 0 is no port. */
function isService(port: number): boolean {
  return port > 0 && port < 1024;
}

/** Which header follows a UDP header with these ports; `none` for payload. */
export function nextOfUdpPorts(source: number, destination: number): number {
  const header = headerOfPort[destination]! || headerOfPort[source]!;
  return isService(source) || isService(destination) ? next.none : header;
}
