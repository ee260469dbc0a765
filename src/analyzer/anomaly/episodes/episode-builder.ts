/**
 * One line for one happening: flagged cells that belong together become an episode.
 *
 * A cell joins the open episode about its focus host, or, where the forest flagged it, the one about its other
 * end: answers to a scan are the scan. While an episode is between two, nobody knows which of them it is about:
 * a cell of the same cause with a third host, as of the next of several reflectors, makes it one about the host
 * that they share. Without any of these a cell opens an episode. An episode ends where nothing comes
 * for `episodeGapSeconds`; there is no clock but the cells'. A cell costs two look-ups, however many hosts a
 * flood invents, and the memory is bounded: see limits.ts.
 */
import type { EpisodesSnapshot } from "./episode.ts";
import type { FlaggedCell } from "./flagged-cell.ts";
import { keptEpisodes, openEpisodes, toldEpisodes } from "./limits.ts";
import { OpenEpisode } from "./open-episode.ts";

const forest = "forest:";

export class EpisodeBuilder {
  /** By each host they are about. */
  private readonly byHost = new Map<string, OpenEpisode>();
  /** By the other of the two that they began between. */
  private readonly byPartner = new Map<string, OpenEpisode>();
  /** The one that was silent longest first. */
  private readonly open = new Set<OpenEpisode>();
  /** Goes on from the last that ended so: all before it are gone, and a new iterator would pass their gaps. */
  private readonly silent = this.open.values();
  private latest: OpenEpisode | undefined;
  private kept: OpenEpisode[] = [];
  /** As many as may be kept are at least as grave. */
  private bar: OpenEpisode | undefined;
  private total = 0;
  private evicted = 0;
  /** Numbers given to episodes so far. */
  private begun = 0;

  /**
   * The cell may change afterwards, but not its reasons.
   * @returns a number of its episode, which it keeps whatever takes it over
   */
  add(cell: FlaggedCell): number {
    const isAboutSender = cell.focus !== "destination";
    const host = isAboutSender ? cell.source : cell.destination;
    const otherEnd = isAboutSender ? cell.destination : cell.source;
    const own = this.find(host, cell);
    const isAboutBoth = cell.focus === "pair" || cell.cause.startsWith(forest);
    const other = isAboutBoth ? this.find(otherEnd, cell) : undefined;
    const shared = (own ?? other) === undefined && isAboutBoth ? this.findShared(otherEnd, cell) : undefined;
    const episode = own ?? other ?? shared ?? this.begin(cell, host, otherEnd);
    // What began as a matter of the two alone was the beginning of this.
    if (other !== undefined && other !== episode && other.isBetween(host, otherEnd)) {
      episode.absorb(other);
      this.forget(other);
      this.total--;
    }
    this.touch(episode);
    episode.add(cell);
    return episode.numbers[0]!;
  }

  /**
   * @param most episodes told, at most
   * @param isExpected whether what has that key was marked as expected; left out where nothing is
   */
  snapshot(most = toldEpisodes, isExpected?: (key: string) => boolean): EpisodesSnapshot {
    const all = [...this.kept, ...this.open].sort(byGravity);
    const expected = isExpected === undefined ? [] : all.filter(({ key }) => isExpected(key));
    const known = new Set(expected);
    const raised = known.size === 0 ? all : all.filter((episode) => !known.has(episode));
    const told = [...raised, ...expected].slice(0, most);
    const top = told.map((episode) => {
      const described = episode.describe();
      if (known.has(episode)) described.expected = true;
      return described;
    });
    return {
      total: this.total,
      evicted: this.evicted,
      top,
      numbers: told.map(({ numbers }) => numbers),
      numbersRefused: all.reduce((sum, { numbersRefused }) => sum + numbersRefused, 0),
      expectedPackets: expected.reduce((sum, { packets }) => sum + packets, 0),
      expectedNumbers: expected.flatMap(({ numbers }) => numbers),
      expectedSeries: expected.map(({ series }) => series),
    };
  }

  /** The open episode about the host; one that is over by then ends. */
  private find(host: string, cell: FlaggedCell): OpenEpisode | undefined {
    const episode = this.byHost.get(host);
    if (episode === undefined || episode.isNear(cell)) return episode;
    this.end(episode);
    return undefined;
  }

  /** The episode of the cell's cause between its other end and one more host; it is about that end from now on. */
  private findShared(host: string, cell: FlaggedCell): OpenEpisode | undefined {
    const episode = this.byPartner.get(host);
    if (episode === undefined || episode.cause !== cell.cause) return undefined;
    if (!episode.isNear(cell) || !episode.isBetween(episode.focus[0]!, host)) return undefined;
    this.forgetHosts(episode);
    episode.focus = [host];
    this.byHost.set(host, episode);
    return episode;
  }

  private begin(cell: FlaggedCell, host: string, otherEnd: string): OpenEpisode {
    const isAboutPair = cell.focus === "pair";
    const episode = new OpenEpisode(isAboutPair ? [host, otherEnd] : [host], cell.cause, ++this.begun);
    for (const each of episode.focus) this.byHost.set(each, episode);
    if (!isAboutPair) {
      episode.partner = otherEnd;
      this.byPartner.set(otherEnd, episode);
    }
    this.total++;
    return episode;
  }

  private touch(episode: OpenEpisode): void {
    if (episode === this.latest) return;
    this.latest = episode;
    this.open.delete(episode);
    this.open.add(episode);
    if (this.open.size <= openEpisodes) return;
    const silent = this.silent.next().value;
    if (silent !== undefined) this.end(silent);
  }

  private end(episode: OpenEpisode): void {
    this.forget(episode);
    if (this.bar !== undefined && byGravity(this.bar, episode) <= 0) {
      this.evicted++;
      return;
    }
    this.kept.push(episode);
    if (this.kept.length < 2 * keptEpisodes) return;
    this.kept.sort(byGravity);
    this.evicted += this.kept.length - keptEpisodes;
    this.kept.length = keptEpisodes;
    this.bar = this.kept.at(-1);
  }

  private forget(episode: OpenEpisode): void {
    this.open.delete(episode);
    if (this.latest === episode) this.latest = undefined;
    this.forgetHosts(episode);
  }

  private forgetHosts(episode: OpenEpisode): void {
    for (const host of episode.focus) if (this.byHost.get(host) === episode) this.byHost.delete(host);
    const { partner } = episode;
    if (partner !== undefined && this.byPartner.get(partner) === episode) this.byPartner.delete(partner);
  }
}

/** The gravest first: what scores about the same, by its packets. */
function byGravity(a: OpenEpisode, b: OpenEpisode): number {
  return (
    Math.floor(b.score * 10) - Math.floor(a.score * 10) ||
    b.packets - a.packets ||
    b.score - a.score ||
    a.number - b.number
  );
}
