/** Captures to be replayed between two namespaces: an office at work, and floods of small packets. */
import {
  icmpMessage,
  ipv4Frame,
  tcpFlag,
  tcpFrame,
  udpFrame,
  type Station,
} from "../../scripts/benchmarks/planted/frames.ts";
import { officeTraffic } from "../../scripts/benchmarks/planted/office/office-traffic.ts";
import { writePackets } from "../../scripts/benchmarks/planted/timed-packets.ts";
import { cardOf } from "./two-namespaces.test-support.ts";

/** Frames that the receiver's side takes for its own. */
const [from, to] = [cardOf.out, cardOf.in].map((card) => Number.parseInt(card.replaceAll(":", ""), 16));

/** Four workstations, their servers, and what machines say by themselves. */
export function writeOffice(path: string, seconds: number): void {
  writePackets(path, officeTraffic({ seconds, workstations: 4, seed: 1 }));
}

/** So many SYN to port 80, each of another source out of 198.18.0.0/15. */
export function writeSynFlood(path: string, victim: string, packets: number): void {
  writeFrames(path, packets, (i) => {
    const source = station(from!, parseIp("198.18.0.0") + ((i * 40_503) % (1 << 17)));
    const fields = { flags: tcpFlag.syn, seq: i * 65_537, window: 64_240 };
    return tcpFrame(source, 1024 + (i % 60_000), station(to!, parseIp(victim)), 80, fields);
  });
}

/** So many datagrams of 512 bytes to one port. */
export function writeUdpFlood(path: string, source: string, victim: string, packets: number): void {
  const payload = new Uint8Array(512);
  const [sender, receiver] = [station(from!, parseIp(source)), station(to!, parseIp(victim))];
  writeFrames(path, packets, () => udpFrame(sender, 40_000, receiver, 9999, payload));
}

/** So many echo requests of 56 bytes, as of `ping -f`. */
export function writeIcmpFlood(path: string, source: string, victim: string, packets: number): void {
  const [sender, receiver] = [station(from!, parseIp(source)), station(to!, parseIp(victim))];
  const payload = new Uint8Array(56);
  writeFrames(path, packets, (i) =>
    ipv4Frame(sender, receiver, 1, icmpMessage(8, 0, 65_536 + (i & 0xffff), payload)),
  );
}

function writeFrames(path: string, packets: number, frameOf: (i: number) => Buffer): void {
  const timed = Array.from({ length: packets }, (_, i) => {
    const data = frameOf(i);
    return { atUs: i, data, wire: data.length };
  });
  writePackets(path, timed);
}

function station(mac: number, ip: number): Station {
  return { mac, ip, ttl: 64, pads: true };
}

function parseIp(text: string): number {
  return text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
