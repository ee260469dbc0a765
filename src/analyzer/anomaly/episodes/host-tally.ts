/**
 * The hosts of an episode in bounded memory, however many a flood invents: the most frequent by name
 * (space-saving: Metwally, Agrawal and El Abbadi 2005), and how many there are in all: exactly while each has
 * its name, then by HyperLogLog with 256 registers, with a standard error of 6.5 %.
 */
import { hashWord } from "../features/hash-bytes.ts";
import { talliedHosts } from "./limits.ts";

const registers = 256;
const registerBits = 8;
/** The constant of the paper for many registers (Flajolet, Fusy, Gandouet and Meunier 2007, figure 3). */
const alpha = 0.7213 / (1 + 1.079 / registers);

export class HostTally {
  /** Packets by host; what a host took over from one that gave way included. */
  private readonly packets = new Map<string, number>();
  /** Of the registers, from where there are more hosts than names. */
  private ranks: Uint8Array | undefined;
  /** None has fewer packets than that. */
  private least = 0;

  add(host: string, packets: number): void {
    const before = this.packets.get(host);
    if (before !== undefined) {
      this.packets.set(host, before + packets);
      return;
    }
    if (this.packets.size < talliedHosts) {
      this.packets.set(host, packets);
      if (this.ranks !== undefined) note(host, this.ranks);
      return;
    }
    note(host, this.registers());
    this.packets.set(host, packets + this.removeLeast());
  }

  /** Whether the host is among those told apart. */
  has(host: string): boolean {
    return this.packets.has(host);
  }

  /** Hosts in all, about. */
  get count(): number {
    if (this.ranks === undefined) return this.packets.size;
    return Math.max(talliedHosts + 1, Math.round(estimate(this.ranks)));
  }

  /** The most frequent, first; of equals, who came first. */
  most(count: number): string[] {
    const hosts = Array.from(this.packets).sort(([, a], [, b]) => b - a);
    return hosts.slice(0, count).map(([host]) => host);
  }

  addAll(other: HostTally): void {
    if (other.ranks !== undefined) {
      const ranks = this.registers();
      other.ranks.forEach((rank, i) => {
        if (rank > ranks[i]!) ranks[i] = rank;
      });
    }
    for (const [host, packets] of other.packets) this.add(host, packets);
  }

  private registers(): Uint8Array {
    if (this.ranks === undefined) {
      this.ranks = new Uint8Array(registers);
      for (const host of this.packets.keys()) note(host, this.ranks);
    }
    return this.ranks;
  }

  /** Takes the least frequent host away, and returns its packets. */
  private removeLeast(): number {
    let least = "";
    let packets = Number.POSITIVE_INFINITY;
    for (const [host, each] of this.packets) {
      if (each < packets) [least, packets] = [host, each];
      // Of a flood's sources, the oldest, which is near the front.
      if (packets <= this.least) break;
    }
    this.least = packets;
    this.packets.delete(least);
    return packets;
  }
}

function note(host: string, ranks: Uint8Array): void {
  let hash = 0x2545f491;
  for (let i = 0; i < host.length; i++) hash = hashWord(host.charCodeAt(i), hash);
  const place = hash & (registers - 1);
  const rank = Math.clz32(hash >>> registerBits) - registerBits + 1;
  if (rank > ranks[place]!) ranks[place] = rank;
}

function estimate(ranks: Uint8Array): number {
  let sum = 0;
  let zeros = 0;
  for (const rank of ranks) {
    sum += 2 ** -rank;
    if (rank === 0) zeros++;
  }
  const raw = (alpha * registers * registers) / sum;
  return raw <= 2.5 * registers && zeros > 0 ? registers * Math.log(registers / zeros) : raw;
}
