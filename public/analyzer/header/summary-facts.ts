/** The facts of the header: how much is selected, how much was lost, and what is doubtful about it. Pure. */
import type { Answers, LiveSnapshot } from "../../../src/analyzer/dashboard/contract.ts";
import {
  formatBitRate,
  formatBytes,
  formatCount,
  formatDuration,
  formatMoment,
  formatShare,
  formatTenths,
} from "../format.ts";
import { detectorFact } from "./detector-fact.ts";
import { lossFact } from "./loss-fact.ts";

type Report = Answers["/api/report"];

export interface Fact {
  label: string;
  value: string;
  /** More of it, in small. */
  note?: string;
  /** What it means, where the label does not tell. */
  title?: string;
  /** Something to look at. */
  warns?: boolean;
}

/** @param whole packets of the whole capture, where fewer are selected. @param snapshot of a running capture */
export function summaryFacts(
  report: Report,
  whole: number | undefined,
  snapshot: LiveSnapshot | undefined,
): Fact[] {
  const { packets, bytes, firstTime, lastTime, durationSeconds } = report;
  const facts: Fact[] = [
    whole === undefined
      ? { label: "Packets", value: formatCount(packets) }
      : {
          label: "Packets",
          value: formatCount(packets),
          note: `${formatShare(packets, whole)} of ${formatCount(whole)}`,
        },
    { label: "Bytes on the wire", value: formatBytes(bytes), title: `${formatCount(bytes)} bytes` },
  ];
  if (packets > 0)
    facts.push({ label: "Average packet", value: `${formatTenths(report.averagePacketSize)} B` });
  if (snapshot?.live) facts.push(rateNow(snapshot));
  if (durationSeconds > 0) facts.push(averageRate(report));
  if (firstTime !== null && lastTime !== null)
    facts.push({
      label: "Time span",
      value: formatDuration(durationSeconds),
      note: `from ${formatMoment(firstTime)}`,
      title: `${formatMoment(firstTime)} to ${formatMoment(lastTime)}`,
    });
  facts.push(detectorFact(report), lossFact(report, snapshot));
  if (report.truncated > 0)
    facts.push({
      label: "Cut short",
      value: formatCount(report.truncated),
      title: "Packets cut by the snapshot length",
    });
  if (report.malformed > 0)
    facts.push({
      label: "Malformed",
      value: formatCount(report.malformed),
      title: "Packets with a header that contradicts itself",
    });
  return facts;
}

/** What the report warns of, and what a filter cannot see. */
export function warningSentences({ warnings, selection }: Report): string[] {
  if (selection === undefined || selection.firstStored <= 1) return warnings;
  const [first, last] = [formatCount(selection.firstStored), formatCount(selection.lastStored)];
  return [...warnings, `Filters see packets ${first} to ${last}: the earlier ones are no longer stored.`];
}

function rateNow({ packetsPerSecond, bytesPerSecond }: LiveSnapshot): Fact {
  return {
    label: "Now",
    value: formatBitRate(bytesPerSecond),
    note: `${formatCount(packetsPerSecond)} packets/s`,
    title: "All that is captured, whatever is filtered",
  };
}

function averageRate({ bytes, packets, durationSeconds }: Report): Fact {
  return {
    label: "Average rate",
    value: formatBitRate(bytes / durationSeconds),
    note: `${formatTenths(packets / durationSeconds)} packets/s`,
  };
}
