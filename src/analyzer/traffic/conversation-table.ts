/** Conversations: pairs of addresses and what went between them, whatever the ports. */
import { evictionPacketsWorth, maxConversations } from "../limits.ts";
import { RecordTable } from "./record-table.ts";

const stride = 28;
const keyWords = 9;
const word = { version: 2, low: 3, high: 7, flows: 11 } as const;
const float = { packetsUp: 6, packetsDown: 7, bytesUp: 8, bytesDown: 9, first: 10, last: 11 } as const;

export interface Conversation {
  version: number;
  /** From the low address to the high one, and back. */
  packetsUp: number;
  packetsDown: number;
  bytesUp: number;
  bytesDown: number;
  first: number;
  last: number;
  flows: number;
}

export class ConversationTable {
  readonly table: RecordTable;

  constructor(limit = maxConversations) {
    this.table = new RecordTable({
      stride,
      keyWords,
      limit,
      activity: (row) => {
        const { floats } = this.table;
        const at = (row * stride) / 2;
        const packets = floats[at + float.packetsUp]! + floats[at + float.packetsDown]!;
        return (floats[at + float.last]! || 0) + packets * (evictionPacketsWorth / 1000);
      },
    });
  }

  /**
   * The row of the pair whose addresses stand at `low` and `high` of `words`, made where there is none.
   * @param hint where it was found last time
   * @returns the row, or `-1 - row` where it was made just now
   */
  rowOf(version: number, words: Uint32Array, low: number, high: number, hint: number): number {
    const { table } = this;
    const { key } = table;
    key[0] = version;
    for (let i = 0; i < 4; i++) {
      key[1 + i] = words[low + i]!;
      key[5 + i] = words[high + i]!;
    }
    if (hint < table.rows && table.words[hint * stride + 1] !== 0 && table.hasKey(hint * stride)) return hint;
    const hash = table.hash();
    const found = table.find(hash);
    if (found >= 0) return found;
    const row = table.insert(hash);
    table.floats[(row * stride) / 2 + float.first] = Number.NaN;
    table.floats[(row * stride) / 2 + float.last] = Number.NaN;
    return -1 - row;
  }

  add(
    row: number,
    packetsUp: number,
    packetsDown: number,
    bytesUp: number,
    bytesDown: number,
    first: number,
    last: number,
  ): void {
    const { floats } = this.table;
    const at = (row * stride) / 2;
    floats[at + float.packetsUp]! += packetsUp;
    floats[at + float.packetsDown]! += packetsDown;
    floats[at + float.bytesUp]! += bytesUp;
    floats[at + float.bytesDown]! += bytesDown;
    // Flows without times say nothing.
    if (!(floats[at + float.first]! <= first) && first <= last) floats[at + float.first] = first;
    if (!(floats[at + float.last]! >= last) && first <= last) floats[at + float.last] = last;
  }

  addFlow(row: number): void {
    this.table.words[row * stride + word.flows]!++;
  }

  /** The words where the low and the high address begin. */
  addressesAt(row: number): [low: number, high: number] {
    return [row * stride + word.low, row * stride + word.high];
  }

  bytesOf(row: number): number {
    const at = (row * stride) / 2;
    return this.table.floats[at + float.bytesUp]! + this.table.floats[at + float.bytesDown]!;
  }

  read(row: number): Conversation {
    const { words, floats } = this.table;
    const at = (row * stride) / 2;
    return {
      version: words[row * stride + word.version]!,
      packetsUp: floats[at + float.packetsUp]!,
      packetsDown: floats[at + float.packetsDown]!,
      bytesUp: floats[at + float.bytesUp]!,
      bytesDown: floats[at + float.bytesDown]!,
      first: floats[at + float.first]!,
      last: floats[at + float.last]!,
      flows: words[row * stride + word.flows]!,
    };
  }
}
