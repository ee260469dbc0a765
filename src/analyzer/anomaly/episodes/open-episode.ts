/** An episode while it grows: sums, and the most telling of what there is too much of. */
import { TimeSeries, type SeriesSnapshot } from "../../traffic/time-series.ts";
import type { Reason } from "../reasons/reason.ts";
import { episodeKey } from "./episode-key.ts";
import { episodeTitle } from "./episode-title.ts";
import type { Episode } from "./episode.ts";
import type { FlaggedCell } from "./flagged-cell.ts";
import { HostTally } from "./host-tally.ts";
import * as limits from "./limits.ts";

/** A feature's reason, and the packet it is about. */
interface Remembered {
  /** The highest weight times score. */
  weight: number;
  reason: Reason;
  source: string;
  destination: string;
}

export class OpenEpisode {
  /** The host it is about, or both of a pair: the more frequent in the end. */
  focus: readonly string[];
  /** The other of the two that it began between. */
  partner: string | undefined;
  /** Of the cell that it began with. */
  readonly cause: string;
  /** Its own number first, then those of the episodes it took over: what is known by any of them is part of it. */
  readonly numbers: number[];
  /** Numbers for which there was no room. */
  numbersRefused = 0;
  score = 0;
  packets = 0;
  number = Number.POSITIVE_INFINITY;
  private start = Number.NaN;
  private end = Number.NaN;
  private bytes = 0;
  private readonly hosts = new HostTally();
  private readonly steps = new TimeSeries(limits.episodeSteps, 4);
  /** Of its cells, in the order they came: rules and families of features, so there are few. */
  private readonly causes = new Set<string>();
  /** Packets by protocol. */
  private readonly protocols = new Map<string, number>();
  /** One for each feature: so few that a list is found through faster than a map, and made. */
  private readonly reasons: Remembered[] = [];

  constructor(focus: readonly string[], cause = "", ownNumber = 0) {
    this.focus = focus;
    this.cause = cause;
    this.numbers = [ownNumber];
  }

  /** Whether it still goes on, or did already, when the cell happens; without times it does. */
  isNear({ start, end }: FlaggedCell): boolean {
    return (
      !(later(start, end) < this.start - limits.episodeGapSeconds) &&
      !(start > this.end + limits.episodeGapSeconds)
    );
  }

  /** Whether nobody but the two takes part. */
  isBetween(a: string, b: string): boolean {
    return this.hosts.count === 2 && this.hosts.has(a) && this.hosts.has(b);
  }

  add(cell: FlaggedCell): void {
    this.stretch(cell.start, later(cell.start, cell.end));
    this.packets += cell.packets;
    this.bytes += cell.bytes ?? 0;
    this.steps.addMany(Math.floor(cell.start), cell.packets, cell.bytes ?? 0);
    this.causes.add(cell.cause);
    if (cell.score > this.score) this.score = cell.score;
    if (cell.number < this.number) this.number = cell.number;
    if (cell.source !== "") this.hosts.add(cell.source, cell.packets);
    if (cell.destination !== "" && cell.destination !== cell.source)
      this.hosts.add(cell.destination, cell.packets);
    if (cell.protocol !== undefined) this.addProtocol(cell.protocol, cell.packets);
    for (const reason of cell.reasons)
      this.remember(reason, reason.weight * cell.score, cell.source, cell.destination);
  }

  /** Takes over all that another was. */
  absorb(other: OpenEpisode): void {
    this.stretch(other.start, other.end);
    this.packets += other.packets;
    this.bytes += other.bytes;
    this.score = Math.max(this.score, other.score);
    this.number = Math.min(this.number, other.number);
    this.hosts.addAll(other.hosts);
    const { time, packets: counts, bytes } = other.series;
    time.forEach((second, i) => this.steps.addMany(second, counts[i]!, bytes[i]!));
    const room = limits.episodeNumbers - this.numbers.length;
    this.numbers.push(...other.numbers.slice(0, room));
    this.numbersRefused += Math.max(0, other.numbers.length - room);
    for (const cause of other.causes) this.causes.add(cause);
    for (const [protocol, packets] of other.protocols) this.addProtocol(protocol, packets);
    for (const { reason, weight, source, destination } of other.reasons)
      this.remember(reason, weight, source, destination);
  }

  /** Its packets over time. */
  get series(): SeriesSnapshot {
    return this.steps.snapshot();
  }

  /** The same whenever the same happens again. */
  get key(): string {
    return episodeKey(this.causes, this.focus);
  }

  /** As it is told. */
  describe(): Episode {
    const { start, end, packets, bytes, score, number } = this;
    const frequent = this.hosts.most(Number.POSITIVE_INFINITY);
    const focus = frequent.find((host) => this.focus.includes(host)) ?? this.focus[0]!;
    const hosts = [focus, ...frequent.filter((host) => host !== focus)].slice(0, limits.namedHosts);
    const hostCount = Math.max(this.hosts.count, hosts.length);
    const protocols = Array.from(this.protocols)
      .sort(([, a], [, b]) => b - a)
      .map(([protocol]) => protocol);
    const told = this.reasons.toSorted((a, b) => b.weight - a.weight);
    const best = told[0];
    const title =
      best === undefined
        ? `${focus} sent or was sent what is strange here`
        : episodeTitle(best.reason, { ...best, focus, count: hostCount });
    const reasons = told
      .slice(0, limits.toldReasons)
      .map(({ reason, weight }) => Object.assign({}, reason, { weight }));
    const { key } = this;
    return { key, start, end, packets, bytes, hosts, hostCount, protocols, score, title, number, reasons };
  }

  private stretch(start: number, end: number): void {
    // Unless what is known is already beyond it, so that a time takes the place of none.
    if (!(this.start <= start) && !Number.isNaN(start)) this.start = start;
    if (!(this.end >= end) && !Number.isNaN(end)) this.end = end;
  }

  private addProtocol(protocol: string, packets: number): void {
    const before = this.protocols.get(protocol);
    if (before !== undefined) this.protocols.set(protocol, before + packets);
    else if (this.protocols.size < limits.episodeProtocols) this.protocols.set(protocol, packets);
  }

  private remember(reason: Reason, weight: number, source: string, destination: string): void {
    const known = this.known(reason.feature);
    if (known === undefined) {
      if (this.reasons.length >= limits.episodeReasons && !this.forgetLighter(weight)) return;
      this.reasons.push({ weight, reason, source, destination });
      return;
    }
    if (weight > known.weight) known.weight = weight;
    if (!isStranger(reason, known.reason)) return;
    known.reason = reason;
    known.source = source;
    known.destination = destination;
  }

  private known(feature: string): Remembered | undefined {
    for (const each of this.reasons) if (each.reason.feature === feature) return each;
    return undefined;
  }

  /** @returns whether there is a place now */
  private forgetLighter(than: number): boolean {
    let lightest = -1;
    let least = than;
    this.reasons.forEach(({ weight }, i) => {
      if (weight < least) [lightest, least] = [i, weight];
    });
    if (lightest >= 0) this.reasons.splice(lightest, 1);
    return lightest >= 0;
  }
}

function later(start: number, end: number): number {
  return end > start || Number.isNaN(start) ? end : start;
}

/** The value that is more times what is typical, or less; the larger where that is no number; otherwise the heavier. */
function isStranger(one: Reason, other: Reason): boolean {
  const [a, b] = [timesTypical(one), timesTypical(other)];
  return a === b || Number.isNaN(a) || Number.isNaN(b) ? one.weight > other.weight : a > b;
}

function timesTypical({ value, typical }: Reason): number {
  if (typeof value !== "number") return Number.NaN;
  const usual =
    typeof typical === "object" ? (typical?.median ?? 0) : typeof typical === "number" ? typical : 0;
  return Math.max((value + 1) / (usual + 1), (usual + 1) / (value + 1));
}
