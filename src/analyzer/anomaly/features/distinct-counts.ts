/**
 * How many different things a context met of late (peers, ports, names), in 128 bytes however many they are:
 * HyperLogLog with 64 registers (Flajolet, Fusy, Gandouet and Meunier 2007, figure 3), by linear counting
 * while few (Whang, Vander-Zanden and Taylor 1990). Standard error 13 % when many, and a few percent up to
 * ten.
 *
 * "Of late" is the current window of time and the one before: from one to two windows, without a jump to
 * zero at the border.
 *
 *     registers of a context: | current: 64 bytes | current and previous together: 64 bytes |
 *     head of a context:      | end of the current window | of "together": sum of 1 - 2^-register | not 0 | estimate |
 *
 * The estimate is kept up with each change, so that asking reads one place.
 */
const registers = 64;
const words = (2 * registers) / 8;
/** The constant of the paper for 64 registers. */
const alpha = 0.709;
/** 2^-rank: a power costs more than all the rest. */
const inverse = Float64Array.from({ length: 33 }, (_, rank) => 2 ** -rank);
/** The estimate by the number of registers that are not 0, while they are few. */
const linear = Float64Array.from(
  { length: registers },
  (_, used) => registers * Math.log(registers / (registers - used)),
);

const headStride = 4;
const head = { end: 0, sum: 1, used: 2, estimate: 3 } as const;

export class DistinctCounts {
  private readonly windowSeconds: number;
  private readonly bytes: Uint8Array;
  /** The same bytes, eight at a time. */
  private readonly bytesByEight: Float64Array;
  private readonly heads: Float64Array;

  /**
   * @param rows contexts there is room for
   * @param windowSeconds length of a window
   */
  constructor(rows: number, windowSeconds: number) {
    this.windowSeconds = windowSeconds;
    this.bytes = new Uint8Array(rows * 2 * registers);
    this.bytesByEight = new Float64Array(this.bytes.buffer);
    this.heads = new Float64Array(rows * headStride);
  }

  /** Empties a row, whose context begins at `time` (seconds). */
  reset(row: number, time: number): void {
    this.clear(row, this.endOf(time));
  }

  /** Forgets what is too long ago. A time before the row's own changes nothing. */
  advance(row: number, time: number): void {
    const end = this.heads[row * headStride]!;
    if (!(time >= end)) return;
    if (time >= end + this.windowSeconds) this.clear(row, this.endOf(time));
    else this.turn(row, this.endOf(time));
  }

  /**
   * Notes a thing, in the window that the row was advanced to.
   * @param hash 32 bits of a good hash of it
   */
  add(row: number, hash: number): void {
    const { bytes, heads } = this;
    const place = row * 2 * registers + (hash & (registers - 1));
    // The first bit set among the 26 that do not choose the register; 27 where none is.
    const rank = Math.clz32(hash >>> 6) - 5;
    if (rank > bytes[place]!) bytes[place] = rank;
    const before = bytes[place + registers]!;
    if (rank <= before) return;
    bytes[place + registers] = rank;
    const at = row * headStride;
    heads[at + head.sum]! += inverse[before]! - inverse[rank]!;
    if (before === 0) heads[at + head.used]! += 1;
    heads[at + head.estimate] = estimate(heads[at + head.sum]!, heads[at + head.used]!);
  }

  /** About how many different things were noted of late. */
  count(row: number): number {
    return this.heads[row * headStride + head.estimate]!;
  }

  private endOf(time: number): number {
    return (Math.floor(time / this.windowSeconds) + 1) * this.windowSeconds;
  }

  private clear(row: number, end: number): void {
    const { heads, bytesByEight } = this;
    const at = row * headStride;
    heads[at + head.end] = end;
    if (heads[at + head.used] === 0) return;
    for (let word = row * words; word < (row + 1) * words; word++) bytesByEight[word] = 0;
    heads[at + head.sum] = 0;
    heads[at + head.used] = 0;
    heads[at + head.estimate] = 0;
  }

  private turn(row: number, end: number): void {
    const { bytes, heads } = this;
    const start = row * 2 * registers;
    let sum = 0;
    let used = 0;
    for (let place = start; place < start + registers; place++) {
      const rank = bytes[place]!;
      bytes[place + registers] = rank;
      bytes[place] = 0;
      sum += 1 - inverse[rank]!;
      if (rank !== 0) used++;
    }
    const at = row * headStride;
    heads[at + head.end] = end;
    heads[at + head.sum] = sum;
    heads[at + head.used] = used;
    heads[at + head.estimate] = estimate(sum, used);
  }
}

function estimate(sum: number, used: number): number {
  const raw = (alpha * registers * registers) / (registers - sum);
  return raw <= 2.5 * registers && used < registers ? linear[used]! : raw;
}
