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
 *
 * The estimate is kept up with each change, so that asking costs nothing.
 */
const registers = 64;
const words = registers / 8;
/** The constant of the paper for 64 registers. */
const alpha = 0.709;
/** 2^-rank: a power costs more than all the rest. */
const inverse = Float64Array.from({ length: 33 }, (_, rank) => 2 ** -rank);

export class DistinctCounts {
  private readonly windowSeconds: number;
  private readonly current: Uint8Array;
  private readonly together: Uint8Array;
  /** The same bytes, eight at a time. */
  private readonly currentWords: Float64Array;
  private readonly togetherWords: Float64Array;
  /** When the current window of each row ends, in seconds. */
  private readonly ends: Float64Array;
  /** Of `together`: the sum of 2^-register, and how many registers are 0. */
  private readonly sums: Float64Array;
  private readonly zeros: Uint8Array;

  /**
   * @param rows contexts there is room for
   * @param windowSeconds length of a window
   */
  constructor(rows: number, windowSeconds: number) {
    this.windowSeconds = windowSeconds;
    this.current = new Uint8Array(rows * registers);
    this.together = new Uint8Array(rows * registers);
    this.currentWords = new Float64Array(this.current.buffer);
    this.togetherWords = new Float64Array(this.together.buffer);
    this.ends = new Float64Array(rows).fill(this.endOf(0));
    this.sums = new Float64Array(rows).fill(registers);
    this.zeros = new Uint8Array(rows).fill(registers);
  }

  /** Empties a row, whose context begins at `time` (seconds). */
  reset(row: number, time: number): void {
    this.ends[row] = this.endOf(time);
    this.clear(row);
  }

  /** Forgets what is too long ago. A time before the row's own changes nothing. */
  advance(row: number, time: number): void {
    if (!(time >= this.ends[row]!)) return;
    if (time >= this.ends[row]! + this.windowSeconds) this.clear(row);
    else this.turn(row);
    this.ends[row] = this.endOf(time);
  }

  /**
   * Notes a thing, in the window that the row was advanced to.
   * @param hash 32 bits of a good hash of it
   */
  add(row: number, hash: number): void {
    const place = row * registers + (hash & (registers - 1));
    // The first bit set among the 26 that do not choose the register; 27 where none is.
    const rank = Math.clz32(hash >>> 6) - 5;
    if (rank > this.current[place]!) this.current[place] = rank;
    const before = this.together[place]!;
    if (rank <= before) return;
    this.together[place] = rank;
    this.sums[row]! += inverse[rank]! - inverse[before]!;
    if (before === 0) this.zeros[row]!--;
  }

  /** About how many different things were noted of late. */
  count(row: number): number {
    const zeros = this.zeros[row]!;
    if (zeros === registers) return 0;
    const raw = (alpha * registers * registers) / this.sums[row]!;
    return raw <= 2.5 * registers && zeros > 0 ? registers * Math.log(registers / zeros) : raw;
  }

  private endOf(time: number): number {
    return (Math.floor(time / this.windowSeconds) + 1) * this.windowSeconds;
  }

  private clear(row: number): void {
    if (this.zeros[row] === registers) return;
    const { currentWords, togetherWords } = this;
    for (let word = row * words; word < (row + 1) * words; word++) {
      currentWords[word] = 0;
      togetherWords[word] = 0;
    }
    this.sums[row] = registers;
    this.zeros[row] = registers;
  }

  private turn(row: number): void {
    const { current, together } = this;
    const start = row * registers;
    let sum = 0;
    let zeros = 0;
    for (let place = start; place < start + registers; place++) {
      const rank = current[place]!;
      together[place] = rank;
      current[place] = 0;
      sum += inverse[rank]!;
      if (rank === 0) zeros++;
    }
    this.sums[row] = sum;
    this.zeros[row] = zeros;
  }
}
