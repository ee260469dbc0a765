/** From what was counted to the report. Two runs over the same bytes give the same text. */
import { counted } from "../../lib/counted.ts";
import type { Anomalies } from "../anomaly/anomalies.ts";
import { describeLinkType, linkTypeName } from "../capture/link-types.ts";
import type { PacketSource } from "../capture/packet-source.ts";
import { formatTime, timeBetween, type CaptureTime } from "../traffic/capture-time.ts";
import type { SeriesSnapshot } from "../traffic/time-series.ts";
import type { TrafficSnapshot } from "../traffic/traffic.ts";
import type { Report } from "./report.ts";

declare global {
  interface JSON {
    /** Text that JSON.stringify writes as it stands (ECMAScript proposal "JSON.parse source text access"). */
    rawJSON(text: string): unknown;
  }
}

/** A report, and the text it is printed as. */
export interface FinishedReport {
  report: Report;
  /** JSON in which times keep their nanoseconds, which the numbers of `report` cannot. */
  text: string;
  /** By which numbers the store knows each episode of the report. */
  episodeNumbers?: readonly (readonly number[])[];
}

/**
 * Joins what the source says about itself with what was counted.
 * @param moreWarnings sentences about what was kept
 * @param anomalies that have judged what was counted
 * @param flagged the flagged packets over time, where they are not those of `anomalies`
 */
export function buildReport(
  source: PacketSource,
  traffic: TrafficSnapshot,
  moreWarnings: readonly string[] = [],
  anomalies?: Anomalies,
  flagged = anomalies?.flaggedSeries,
): FinishedReport {
  const first = exactSeconds(traffic.first);
  const last = exactSeconds(traffic.last);
  const duration = exactSeconds(
    traffic.first && traffic.last ? timeBetween(traffic.first, traffic.last) : { seconds: 0, nanos: 0 },
  );
  const report: Report = {
    source: {
      kind: source.kind,
      name: source.name,
      linkTypes: [...new Set(source.linkTypes.map(linkTypeName))],
    },
    packets: traffic.packets,
    bytes: traffic.bytes,
    capturedBytes: traffic.capturedBytes,
    firstTime: first === null ? null : Number(first),
    lastTime: last === null ? null : Number(last),
    durationSeconds: Number(duration),
    averagePacketSize: traffic.packets === 0 ? 0 : traffic.bytes / traffic.packets,
    layers: traffic.layers,
    protocols: traffic.protocols,
    sizes: traffic.sizes,
    series: withAnomalies(traffic.series, flagged),
    hosts: traffic.hosts,
    flows: traffic.flows,
    conversations: traffic.conversations,
    pcs: traffic.pcs,
    ...(anomalies === undefined ? {} : { anomalies: anomalies.report() }),
    ...evaluationOf(anomalies),
    truncated: traffic.truncated,
    malformed: traffic.malformed,
    dropped: source.dropped,
    warnings: [...source.warnings, ...trafficWarnings(traffic), ...moreWarnings],
  };
  const times = { firstTime: rawJson(first), lastTime: rawJson(last), durationSeconds: rawJson(duration) };
  const text = JSON.stringify({ ...report, ...times });
  return anomalies === undefined
    ? { report, text }
    : { report, text, episodeNumbers: anomalies.episodeNumbers };
}

function evaluationOf(anomalies: Anomalies | undefined): Pick<Report, "evaluation"> {
  const evaluation = anomalies?.evaluation();
  return evaluation === undefined ? {} : { evaluation };
}

/** The flagged packets of each step: there are fewer of them than packets, so their steps are no longer. */
export function withAnomalies(series: SeriesSnapshot, flagged: SeriesSnapshot | undefined): Report["series"] {
  if (flagged === undefined) return series;
  const places = new Map(series.time.map((time, i) => [time, i]));
  const anomalies = series.time.map(() => 0);
  flagged.time.forEach((time, i) => {
    const place = places.get(Math.floor(time / series.step) * series.step);
    if (place !== undefined) anomalies[place]! += flagged.packets[i]!;
  });
  return { ...series, anomalies };
}

function exactSeconds(time: CaptureTime | undefined): string | null {
  return time === undefined ? null : formatTime(time);
}

/** A number that JSON.stringify writes digit by digit as it stands. */
function rawJson(text: string | null): unknown {
  return text === null ? null : JSON.rawJSON(text);
}

function trafficWarnings(traffic: TrafficSnapshot): string[] {
  const warnings: string[] = [];
  for (const [type, packets] of traffic.undecoded)
    warnings.push(
      `pcs does not decode link type ${describeLinkType(type)}: ${counted(packets, "packet")} of it ` +
        `${packets === 1 ? "counts" : "count"} as volume only.`,
    );
  if (traffic.timeless > 0)
    warnings.push(`The capture keeps no time for ${counted(traffic.timeless, "packet")}: not in the series.`);
  if (traffic.misplacedSizes > 0)
    warnings.push(
      `${counted(traffic.misplacedSizes, "packet")} of odd sizes count in the histogram as smaller.`,
    );
  for (const [table, noun] of [
    [traffic.flows, "flow"],
    [traffic.hosts, "host"],
    [traffic.conversations, "conversation"],
  ] as const)
    if (table.evicted > 0)
      warnings.push(
        `There were more ${noun}s than pcs keeps: the ${counted(table.evicted, noun)} least active went, and count ` +
          `again where they came back.`,
      );
  if (traffic.forgottenNames > 0)
    warnings.push(`The names of ${counted(traffic.forgottenNames, "address", "addresses")} were forgotten.`);
  return warnings;
}
