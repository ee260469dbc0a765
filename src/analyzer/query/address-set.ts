/** The ids of the addresses that lie in a range, as a table to look ids up in. Ids come while packets do. */
import type { AddressIds } from "../store/address-ids.ts";
import type { AddressRange } from "./address-range.ts";

export class AddressSet {
  private readonly addresses: AddressIds;
  private readonly range: AddressRange;
  /** By id: 1 where its address lies in the range. */
  private table = new Uint8Array(1024);
  /** Ids below are looked at. */
  private until = 1;

  constructor(addresses: AddressIds, range: AddressRange) {
    this.addresses = addresses;
    this.range = range;
  }

  /** The table for all ids that are given by now. */
  upToDate(): Uint8Array {
    const until = this.addresses.given + 1;
    if (until === this.until) return this.table;
    if (until > this.table.length) {
      const larger = new Uint8Array(Math.max(until, this.table.length * 2));
      larger.set(this.table);
      this.table = larger;
    }
    const { length, words, prefix } = this.range;
    this.addresses.mark(length, words, prefix, this.until, until, this.table);
    this.until = until;
    return this.table;
  }
}
