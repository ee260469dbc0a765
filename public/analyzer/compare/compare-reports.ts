/** Two reports side by side as rows of numbers, with what is different between them. Pure. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import {
  formatBitRate,
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  formatTenths,
} from "../format.ts";
import { differenceOf, pointsBetween } from "./difference.ts";

type Report = Answers["/api/report"];

export interface ComparedRow {
  name: string;
  /** As they are told. */
  a: string;
  b: string;
  /** From a to b: `+12.5 %`, `new`, `gone`, `same`. */
  difference: string;
}

interface ComparedNumber {
  name: string;
  of: (report: Report) => number;
  format: (value: number) => string;
}

const numbers: readonly ComparedNumber[] = [
  { name: "Packets", of: ({ packets }) => packets, format: formatCount },
  { name: "Bytes on the wire", of: ({ bytes }) => bytes, format: formatBytes },
  {
    name: "Average packet",
    of: ({ averagePacketSize }) => averagePacketSize,
    format: (value) => `${formatTenths(value)} B`,
  },
  { name: "Time span", of: ({ durationSeconds }) => durationSeconds, format: formatDuration },
  { name: "Average rate", of: rateOf, format: formatBitRate },
  { name: "Hosts", of: ({ hosts }) => hosts.total, format: formatCount },
  { name: "Flows", of: ({ flows }) => flows.total, format: formatCount },
  { name: "Conversations", of: ({ conversations }) => conversations.total, format: formatCount },
  { name: "Abnormal packets", of: ({ anomalies }) => anomalies?.flagged ?? 0, format: formatCount },
  { name: "Lost", of: ({ dropped }) => dropped, format: formatCount },
  { name: "Malformed", of: ({ malformed }) => malformed, format: formatCount },
];

export function compareNumbers(a: Report, b: Report): ComparedRow[] {
  return numbers.map(({ name, of, format }) => {
    const [first, second] = [of(a), of(b)];
    return { name, a: format(first), b: format(second), difference: differenceOf(first, second) };
  });
}

/** Shares of packets by protocol; the difference is in points of percent, as the captures are not equally long. */
export function compareProtocols(a: Report, b: Report): ComparedRow[] {
  const names = [...new Set([...Object.keys(a.protocols), ...Object.keys(b.protocols)])];
  const packetsOf = ({ protocols }: Report, name: string): number =>
    Object.entries(protocols).find(([other]) => other === name)?.[1].packets ?? 0;
  return names
    .map((name) => ({ name, a: packetsOf(a, name), b: packetsOf(b, name) }))
    .sort((x, y) => y.a + y.b - (x.a + x.b))
    .map(({ name, a: first, b: second }) => ({
      name,
      a: formatShare(first, a.packets),
      b: formatShare(second, b.packets),
      difference: pointsBetween(shareOf(first, a.packets), shareOf(second, b.packets)),
    }));
}

function shareOf(part: number, all: number): number {
  return all === 0 ? 0 : part / all;
}

function rateOf({ bytes, durationSeconds }: Report): number {
  return durationSeconds > 0 ? bytes / durationSeconds : 0;
}
