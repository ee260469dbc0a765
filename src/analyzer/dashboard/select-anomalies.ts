/** What was found among the packets that are selected. */
import type { AnomaliesReport } from "../anomaly/anomaly-report.ts";
import type { Selection } from "../query/selection.ts";
import { notJudged } from "../store/store-chunk.ts";

/**
 * The report of a selection: its counts, the packets of `top` that are selected, and the episodes that some flagged
 * packet of the selection is part of. Episodes are told whole.
 * @param numbers by which the store knows each episode of the report
 */
export function selectAnomalies(
  report: AnomaliesReport,
  numbers: readonly (readonly number[])[],
  selection: Selection,
): AnomaliesReport {
  const { flagFrom, store } = selection;
  const found = new Set<number>();
  let [scored, flagged, expectedPackets] = [0, 0, 0];
  for (const { chunk, rows, count } of selection.rows())
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const score = chunk.score[row]!;
      if (score === notJudged) continue;
      scored++;
      if (score < flagFrom) continue;
      found.add(chunk.episode[row]!);
      if (store.isExpected(chunk, row)) expectedPackets++;
      else flagged++;
    }
  const episodes = report.episodes.filter((_, i) => numbers[i]?.some((number) => found.has(number)));
  return {
    ...report,
    scored,
    flagged,
    expectedPackets,
    top: report.top.filter(({ number }) => selection.has(number)),
    episodes,
    episodesTotal: episodes.length,
  };
}
