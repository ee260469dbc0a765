/** The labelled feature tables beside the project, where there are any: ADBench's, see their own README. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export interface LabelledTable {
  /** Rows of `width` features, row after row. */
  rows: Float64Array;
  width: number;
  /** 1 for an outlier, else 0. */
  labels: Uint8Array;
}

export const tablesFolder = resolve(import.meta.dir, "../../../../shared/tables");

/** @returns undefined where the table is not there */
export function readTable(name: string): LabelledTable | undefined {
  const path = join(tablesFolder, `${name}.csv.gz`);
  if (!existsSync(path)) return undefined;
  const text = new TextDecoder().decode(Bun.gunzipSync(readFileSync(path)));
  const lines = text.trimEnd().split("\n");
  const width = lines[0]!.split(",").length - 1;
  const rows = new Float64Array(lines.length * width);
  const labels = new Uint8Array(lines.length);
  lines.forEach((line, i) => {
    const cells = line.split(",").map(Number);
    labels[i] = cells.pop()!;
    rows.set(cells, i * width);
  });
  return { rows, width, labels };
}
