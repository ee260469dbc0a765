/** What a terminal of so many columns shows of the bytes it is sent: as much of ECMA-48 as the line editor uses. */

export class Screen {
  #rows: string[][] = [[]];
  #row = 0;
  #column = 0;
  #columns: number;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** The rows without blanks at their ends, and without empty rows at the end. */
  get text(): string {
    const rows = this.#rows.map((row) =>
      Array.from(row, (cell) => cell ?? " ")
        .join("")
        .trimEnd(),
    );
    return rows.join("\n").trimEnd();
  }

  get cursor(): { row: number; column: number } {
    return { row: this.#row, column: this.#column };
  }

  write(bytes: string): void {
    for (const [piece, parameters, final] of bytes.matchAll(/\x1b\[([0-9;?]*)([A-Za-z])|[^]/gu)) {
      if (final !== undefined) this.#control(final, Number(parameters) || 0);
      else if (piece === "\r") this.#column = 0;
      else if (piece === "\n") this.#moveTo(this.#row + 1);
      else if (piece >= " ") this.#put(piece);
    }
  }

  #control(final: string, count: number): void {
    if (final === "G") this.#column = Math.max(0, count - 1);
    else if (final === "A") this.#row = Math.max(0, this.#row - Math.max(1, count));
    else if (final === "B") this.#moveTo(this.#row + Math.max(1, count));
    else if (final === "C") this.#column += Math.max(1, count);
    else if (final === "D") this.#column = Math.max(0, this.#column - Math.max(1, count));
    else if (final === "K") this.#rows[this.#row]!.length = this.#column;
    else if (final === "J") {
      this.#rows.length = this.#row + 1;
      this.#rows[this.#row]!.length = Math.min(this.#column, this.#rows[this.#row]!.length);
    }
  }

  #put(character: string): void {
    if (this.#column >= this.#columns) {
      this.#moveTo(this.#row + 1);
      this.#column = 0;
    }
    this.#rows[this.#row]![this.#column++] = character;
  }

  /** A line feed as terminals are set while a line editor runs: it moves down, and the driver adds the return. */
  #moveTo(row: number): void {
    if (row > this.#row) this.#column = 0;
    this.#row = row;
    while (this.#rows.length <= row) this.#rows.push([]);
  }
}
