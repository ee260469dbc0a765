/**
 * Keys met of late, without order: as many as there is room for, the newest displacing what lies in its
 * place. A key is told again for certain as long as it was not displaced, and by chance once in 2^32.
 */
export class KeySet {
  private readonly keys: Int32Array;
  private readonly mask: number;

  /** @param room a power of two */
  constructor(room: number) {
    this.keys = new Int32Array(room);
    this.mask = room - 1;
  }

  /** @param hash 32 bits of a good hash */
  add(hash: number): void {
    this.keys[hash & this.mask] = nonZero(hash);
  }

  has(hash: number): boolean {
    return this.keys[hash & this.mask] === nonZero(hash);
  }
}

/** 0 marks an empty place. */
function nonZero(hash: number): number {
  return hash === 0 ? 1 : hash | 0;
}
