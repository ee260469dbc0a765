/** Feature rows of the labelled capture beside the project, where there is one. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { openCaptureFile } from "../../capture/open-capture.ts";
import { decodeBatch } from "../../packet/decode-batch.ts";
import { createDecodedColumns } from "../../packet/decoded-columns.ts";
import { ContextFeatures } from "../features/context-features.ts";
import { featureCount } from "../features/feature-list.ts";
import { parseLabels, type Labels } from "../labels.ts";

const folder = resolve(import.meta.dir, "../../../../../shared/captures/mix");

export interface LabelledRows extends Labels {
  /** A row a packet, in natural units. */
  rows: Float64Array;
}

/**
 * @param kept which packets there are; others are as if they had never been
 * @returns undefined where the capture is not there
 */
export async function readLabelledRows(kept: "all" | "ordinary"): Promise<LabelledRows | undefined> {
  const path = resolve(folder, "mix.pcap.gz");
  if (!existsSync(path)) return undefined;
  const packed = readFileSync(resolve(folder, "mix.labels.csv.gz"));
  const { attack, attackNames } = parseLabels(new TextDecoder().decode(Bun.gunzipSync(packed)));
  const isKept = (number: number): boolean => kept === "all" || attack[number] === 0;
  const of = attack.filter((_, number) => isKept(number));
  const rows = new Float64Array(of.length * featureCount);
  const engine = new ContextFeatures();
  const columns = createDecodedColumns();
  const source = await openCaptureFile(path);
  let [number, place] = [0, 0];
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    decodeBatch(batch, columns);
    for (let i = 0; i < batch.count; i++) {
      if (!isKept(number++)) continue;
      engine.observe(batch, columns, i);
      engine.write(rows, place++ * featureCount);
    }
  }
  await source.close();
  return { rows, attack: of, attackNames };
}
