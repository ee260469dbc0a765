/**
 * The hosts of a capture's own networks, learnt from its ordinary packets, so that what is planted has the
 * addresses, cards, gateways, TTLs and paddings of those that really live there.
 */
import type { SeededRandom } from "../../../src/analyzer/anomaly/seeded-random.ts";
import { between, cardMac, outsideIp, pick } from "./chance.ts";
import type { Station } from "./frames.ts";
import type { TimedPacket } from "./timed-packets.ts";

export interface Host extends Station {
  /** Where it sends what is not for its own network. */
  readonly gatewayMac: number;
  readonly packets: number;
}

/** A host with fewer packets is not known well enough. */
const leastPackets = 20;
const shortestFrame = 60;

interface Seen {
  packets: number;
  macs: Map<number, number>;
  ttls: Map<number, number>;
  gateways: Map<number, number>;
  shortest: number;
}

export function findHosts(packets: readonly TimedPacket[]): Host[] {
  const seen = new Map<number, Seen>();
  for (const { data, wire } of packets) {
    if (data.length < 34 || (data[12]! << 8) + data[13]! !== 0x0800) continue;
    const view = Buffer.from(data.buffer, data.byteOffset, data.length);
    const ip = view.readUInt32BE(26);
    if (!isPrivate(ip) || (ip & 255) === 0 || (ip & 255) === 255) continue;
    let host = seen.get(ip);
    if (host === undefined) {
      host = { packets: 0, macs: new Map(), ttls: new Map(), gateways: new Map(), shortest: shortestFrame };
      seen.set(ip, host);
    }
    host.shortest = Math.min(host.shortest, wire);
    count(host.macs, view.readUIntBE(6, 6));
    const to = view.readUInt32BE(30);
    // A packet to a group has a TTL of its own.
    if (to >>> 28 >= 14) continue;
    host.packets++;
    count(host.ttls, view[22]!);
    if (!isPrivate(to)) count(host.gateways, view.readUIntBE(0, 6));
  }
  return Array.from(seen)
    .filter(([, host]) => host.packets >= leastPackets)
    .sort(([a], [b]) => a - b)
    .map(([ip, { packets, macs, ttls, gateways, shortest }]) => {
      const mac = mostSeen(macs)!;
      const gatewayMac = mostSeen(gateways) ?? mac - (mac % 256) + 1;
      return { ip, mac, gatewayMac, ttl: mostSeen(ttls)!, packets, pads: shortest >= shortestFrame };
    });
}

export function isPrivate(ip: number): boolean {
  const first = ip >>> 24;
  const second = (ip >>> 16) & 255;
  return first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168);
}

/** The first three bytes. */
export function networkOf(ip: number): number {
  return Math.floor(ip / 256);
}

/** Whom an attack is made on and by. */
export class Cast {
  private readonly random: SeededRandom;
  private readonly hosts: readonly Host[];
  private next: number;

  /** @param first which host is taken first, so that other attacks have other victims */
  constructor(random: SeededRandom, hosts: readonly Host[], first: number) {
    this.random = random;
    this.hosts = hosts;
    this.next = first;
  }

  /** The next one, and after the last the first again. */
  host(): Host {
    return this.hosts[this.next++ % this.hosts.length]!;
  }

  /** The others that are known in its network. */
  neighbours(host: Host): Host[] {
    return this.hosts.filter((other) => other !== host && networkOf(other.ip) === networkOf(host.ip));
  }

  /** One of its network that is known, or else one that just came. */
  neighbour(host: Host): Host {
    const known = this.neighbours(host);
    return known.length > 0 ? pick(this.random, known) : this.newcomer(host);
  }

  /** One that nobody saw before in the network of this host. */
  newcomer(host: Host): Host {
    const taken = new Set(this.hosts.map(({ ip }) => ip));
    let ip = host.ip;
    while (taken.has(ip)) ip = networkOf(host.ip) * 256 + between(this.random, 2, 253);
    return { ...host, ip, mac: cardMac(this.random), ttl: pick(this.random, [64, 128]), packets: 0 };
  }

  /** The gateway of its network as a station, whether or not the capture has its address. */
  gateway(host: Host): Station {
    const ip = networkOf(host.ip) * 256 + ((host.ip & 255) === 1 ? 254 : 1);
    return { mac: host.gatewayMac, ip, ttl: 64, pads: host.pads };
  }

  /** Somebody in the internet, as seen from this host: some hops away. */
  outsider(host: Host, ip = outsideIp(this.random)): Station {
    const ttl = pick(this.random, [64, 64, 128]) - between(this.random, 7, 19);
    return { mac: host.gatewayMac, ip, ttl, pads: true };
  }
}

function count(counts: Map<number, number>, value: number): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function mostSeen(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const [value, times] of counts) if (best === undefined || times > counts.get(best)!) best = value;
  return best;
}
