/** Names of addresses, as DNS answers, DHCP, TLS and HTTP tell them: the latest told are kept. */
import { maxNamedAddresses, maxNamesPerAddress } from "../limits.ts";
import { formatAddress, loadAddress } from "./address.ts";

const scratch = new Uint32Array(4);

export class HostNames {
  /** Addresses whose names had to be forgotten. */
  evicted = 0;
  /** By an IPv4 address as a number, or an IPv6 address as text; the first learnt come first. */
  private readonly names = new Map<number | string, string[]>();
  private readonly limit: number;

  constructor(limit = maxNamedAddresses) {
    this.limit = limit;
  }

  /** @param address 4 or 16 bytes */
  addBytes(address: Uint8Array, name: string): void {
    const version = address.length === 4 ? 4 : 6;
    loadAddress(address, 0, version, scratch, 0);
    this.add(version, scratch, 0, name);
  }

  /** @param place where the four words of the address begin in `words` */
  add(version: number, words: Uint32Array, place: number, name: string): void {
    const key = keyOf(version, words, place);
    const known = this.names.get(key);
    if (known === undefined) {
      if (this.names.size >= this.limit) this.forgetFirst();
      this.names.set(key, [name]);
    } else if (known.length < maxNamesPerAddress && !known.includes(name)) known.push(name);
  }

  get(version: number, words: Uint32Array, place: number): readonly string[] {
    return this.names.get(keyOf(version, words, place)) ?? [];
  }

  private forgetFirst(): void {
    for (const key of this.names.keys()) {
      this.names.delete(key);
      this.evicted++;
      return;
    }
  }
}

function keyOf(version: number, words: Uint32Array, place: number): number | string {
  return version === 4 ? words[place + 3]! : formatAddress(6, words, place);
}
