/** Finds flows by their numbers: the latest at once, older ones in the whole table. */
import { maxFlows } from "../limits.ts";
import { flowStride, flowWord } from "./flow-record.ts";
import { recordStatus, type RecordTable } from "./record-table.ts";

export class FlowNumbers {
  private readonly table: RecordTable;
  /** By the number modulo its length: the row of the latest flow of such a number. */
  private readonly rows: Uint32Array;

  constructor(table: RecordTable, remembered = maxFlows * 2) {
    this.table = table;
    this.rows = new Uint32Array(remembered);
  }

  note(number: number, row: number): void {
    this.rows[number % this.rows.length] = row;
  }

  /** The row of the flow that has a number, or -1 where it is not kept. @param last the number noted last */
  rowOf(number: number, last: number): number {
    if (number < 1 || number > last) return -1;
    const near = this.rows[number % this.rows.length]!;
    if (this.isFlow(near, number)) return near;
    if (number > last - this.rows.length) return -1;
    let row = 0;
    while (row < this.table.rows && !this.isFlow(row, number)) row++;
    return row === this.table.rows ? -1 : row;
  }

  private isFlow(row: number, number: number): boolean {
    const at = row * flowStride;
    const { words } = this.table;
    return words[at + 1] !== recordStatus.free && words[at + flowWord.number] === number;
  }
}
