/**
 * Chance that can be repeated: the same seed gives the same numbers on every machine. It is xoshiro128**
 * (Blackman and Vigna 2021, "Scrambled Linear Pseudorandom Number Generators"): 32 bits a step, period
 * 2^128 - 1, its state filled from the seed by splitmix32. For sampling, not for secrets.
 */
export class SeededRandom {
  private readonly state = new Int32Array(4);

  /** @param seed any number; numbers that differ, even in a fraction, begin different rows */
  constructor(seed: number) {
    const halves = new Int32Array(Float64Array.of(seed).buffer);
    let word = halves[0]! ^ mix(halves[1]!);
    for (let i = 0; i < 4; i++) {
      word = (word + 0x9e3779b9) | 0;
      this.state[i] = mix(word);
    }
    // All zeros is the one state that never changes.
    this.state[0]! |= Number(this.state.every((each) => each === 0));
  }

  /** 32 random bits, signed. */
  bits(): number {
    const { state } = this;
    const second = state[1]!;
    const result = Math.imul(rotate(Math.imul(second, 5), 7), 9);
    state[2]! ^= state[0]!;
    state[3]! ^= second;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= second << 9;
    state[3] = rotate(state[3]!, 11);
    return result;
  }

  /** A number in [0, 1), one of 2^32 evenly spaced ones. */
  fraction(): number {
    return (this.bits() >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from 0 to `count` - 1; `count` is at least 1 and at most 2^32. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  /**
   * `size` different numbers out of 0 … `count` - 1, in random order, whatever `count` is (Floyd's sampling:
   * memory for `size` numbers only); all of them where `count` is not larger than `size`.
   */
  sample(count: number, size: number): Int32Array {
    const chosen = new Set<number>();
    for (let i = Math.max(0, count - size); i < count; i++) {
      const candidate = this.below(i + 1);
      chosen.add(chosen.has(candidate) ? i : candidate);
    }
    return this.shuffle(Int32Array.from(chosen));
  }

  private shuffle(numbers: Int32Array): Int32Array {
    for (let i = numbers.length - 1; i > 0; i--) {
      const other = this.below(i + 1);
      const kept = numbers[i]!;
      numbers[i] = numbers[other]!;
      numbers[other] = kept;
    }
    return numbers;
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** The finaliser of MurmurHash3: every bit of the word changes about half of the bits of the result. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
