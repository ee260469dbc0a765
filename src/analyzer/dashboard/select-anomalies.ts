/** What was found among the packets that are selected. */
import type { AnomaliesReport } from "../anomaly/anomaly-report.ts";
import { protocolNames } from "../packet/protocols.ts";
import type { Selection } from "../query/selection.ts";
import { addressText } from "../query/selection-rows.ts";
import { notJudged } from "../store/store-chunk.ts";

type Episode = AnomaliesReport["episodes"][number];

/** An episode, and which addresses of the store are among the hosts that it names. */
interface Candidate {
  episode: Episode;
  /** By id: unknown, not one of them, one of them. */
  isHost: Map<number, boolean>;
  packets: number;
}

/**
 * The report of a selection: its counts, the packets of `top` that are selected, and the episodes that some flagged
 * packet of the selection belongs to, by its time and its addresses. Episodes are told whole.
 */
export function selectAnomalies(report: AnomaliesReport, selection: Selection): AnomaliesReport {
  const candidates = report.episodes.map((episode): Candidate => ({
    episode,
    isHost: new Map(),
    packets: 0,
  }));
  const expected = candidates.filter(({ episode }) => episode.expected);
  const { flagFrom, store } = selection;
  let [scored, flagged, expectedPackets] = [0, 0, 0];
  const belongs = (
    { episode, isHost }: Candidate,
    seconds: number,
    ends: readonly number[],
    protocol: number,
  ): boolean => {
    // Without times there is nothing that speaks against it.
    if (seconds < episode.start || seconds > episode.end) return false;
    // What has no IP addresses is known by its protocol.
    if (ends[0] === 0 && ends[1] === 0) return episode.protocols.includes(protocolNames[protocol]!);
    return ends.some((id) => {
      let known = isHost.get(id);
      if (known === undefined) {
        known = id !== 0 && episode.hosts.includes(addressText(store.addresses, id));
        isHost.set(id, known);
      }
      return known;
    });
  };
  for (const { chunk, rows, count } of selection.rows())
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const score = chunk.score[row]!;
      if (score === notJudged) continue;
      scored++;
      if (score < flagFrom) continue;
      const seconds = chunk.seconds[row]! + chunk.nanos[row]! / 1e9;
      const ends = [chunk.source[row]!, chunk.destination[row]!];
      const protocol = chunk.protocol[row]!;
      for (const candidate of candidates)
        if (candidate.packets === 0 && belongs(candidate, seconds, ends, protocol)) candidate.packets++;
      if (expected.some((candidate) => belongs(candidate, seconds, ends, protocol))) expectedPackets++;
      else flagged++;
    }
  const found = candidates.filter(({ packets }) => packets > 0);
  return {
    ...report,
    scored,
    flagged,
    expectedPackets,
    top: report.top.filter(({ number }) => selection.has(number)),
    episodes: found.map(({ episode }) => episode),
    episodesTotal: found.length,
  };
}
