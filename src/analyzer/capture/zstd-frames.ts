/**
 * Follows the frames of a zstd stream (RFC 8878, section 3.1) without inflating them, because the inflater does
 * not tell whether the last one was whole.
 *
 *     frame       fd2fb528 | descriptor | window, dictionary, size: 0 to 14 bytes | blocks | checksum, 4 bytes
 *     block       3 bytes: last 1 bit, type 2 bits (1 = a byte repeated), length 21 bits | content
 *     skippable   184d2a50 to 184d2a5f | length u32 | content
 */
type Part = "magic" | "descriptor" | "block" | "skippable";

const headerBytes: Record<Part, number> = { magic: 4, descriptor: 1, block: 3, skippable: 4 };

export class ZstdFrames {
  /** The header that comes once `toSkip` bytes have passed. */
  private part: Part | "end" = "magic";
  private toSkip = 0;
  /** The bytes of that header which were seen, the first one lowest. */
  private value = 0;
  private seen = 0;
  private hasChecksum = false;

  /** Whether the stream may end here. What is no zstd behind a frame is none of its concern. */
  get isWhole(): boolean {
    return this.part === "end" || (this.part === "magic" && this.toSkip === 0 && this.seen === 0);
  }

  /** Goes on over the next bytes of the stream. */
  take(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && this.part !== "end") {
      const skipped = Math.min(this.toSkip, bytes.length - at);
      this.toSkip -= skipped;
      at += skipped;
      if (this.toSkip > 0 || at === bytes.length) return;
      this.value += bytes[at++]! * 2 ** (8 * this.seen++);
      if (this.seen === headerBytes[this.part]) this.enter(this.part, this.value);
    }
  }

  private enter(part: Part, value: number): void {
    [this.value, this.seen] = [0, 0];
    if (part === "magic") {
      if (value === 0xfd2fb528) this.part = "descriptor";
      else this.part = value >= 0x184d2a50 && value <= 0x184d2a5f ? "skippable" : "end";
    } else if (part === "descriptor") {
      const isSingle = (value & 0x20) !== 0;
      this.hasChecksum = (value & 4) !== 0;
      const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][value >> 6]!;
      this.toSkip = (isSingle ? 0 : 1) + [0, 1, 2, 4][value & 3]! + sizeBytes;
      this.part = "block";
    } else if (part === "block") {
      const isLast = (value & 1) !== 0;
      const isRepeated = ((value >> 1) & 3) === 1;
      this.toSkip = (isRepeated ? 1 : value >> 3) + (isLast && this.hasChecksum ? 4 : 0);
      this.part = isLast ? "magic" : "block";
    } else {
      this.toSkip = value;
      this.part = "magic";
    }
  }
}
