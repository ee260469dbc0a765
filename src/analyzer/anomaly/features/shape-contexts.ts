/** How many packets of one shape (transport, TCP flags, layers, size) there are, of anyone. */
import { ContextRecords, recordFloat } from "./context-records.ts";
import { encodeFeature } from "./feature-code.ts";
import { hashWord } from "./hash-bytes.ts";
import { shapeRecords, shapeSeconds } from "./limits.ts";

export class ShapeContexts {
  readonly records = new ContextRecords({
    records: shapeRecords,
    sums: 1,
    floats: 4,
    timeConstant: shapeSeconds,
  });

  /** Counts a packet. @returns the record of its shape */
  add(kind: number, layers: number, size: number, time: number): number {
    const { records } = this;
    const mixed = hashWord(kind, layers);
    const record = records.touch(hashWord(size, mixed), hashWord(size, ~mixed), time);
    const isDue = records.isDue(record, 1, time);
    if (isDue) records.advance(record, time);
    records.floats[record * records.stride + recordFloat.packets]! += 1;
    if (isDue)
      records.words[record * records.wordStride + records.codes] = encodeFeature(this.packetsOf(record));
    return record;
  }

  codeOf(record: number): number {
    return this.records.words[record * this.records.wordStride + this.records.codes]!;
  }

  packetsOf(record: number): number {
    return this.records.floats[record * this.records.stride + recordFloat.packets]!;
  }
}
