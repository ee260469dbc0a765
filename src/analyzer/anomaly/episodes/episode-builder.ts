/**
 * One line for one happening: flagged cells that belong together become an episode.
 *
 * A cell joins the open episode about its focus host, or, where the forest flagged it, the one about its other
 * end: answers to a scan are the scan. Without either it opens an episode. An episode ends where nothing comes
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

  /** The cell may change afterwards, but not its reasons. */
  add(cell: FlaggedCell): void {
    const isAboutSender = cell.focus !== "destination";
    const host = isAboutSender ? cell.source : cell.destination;
    const otherEnd = isAboutSender ? cell.destination : cell.source;
    const own = this.find(host, cell);
    const isAboutBoth = cell.focus === "pair" || cell.cause.startsWith(forest);
    const other = isAboutBoth ? this.find(otherEnd, cell) : undefined;
    const episode = own ?? other ?? this.begin(cell.focus === "pair" ? [host, otherEnd] : [host]);
    // What began as a matter of the two alone was the beginning of this.
    if (other !== undefined && other !== episode && other.isBetween(host, otherEnd)) {
      episode.absorb(other);
      this.forget(other);
      this.total--;
    }
    this.touch(episode);
    episode.add(cell);
  }

  /** @param most episodes told, at most */
  snapshot(most = toldEpisodes): EpisodesSnapshot {
    const all = [...this.kept, ...this.open].sort(byGravity);
    const top = all.slice(0, most).map((episode) => episode.describe());
    return { total: this.total, evicted: this.evicted, top };
  }

  /** The open episode about the host; one that is over by then ends. */
  private find(host: string, cell: FlaggedCell): OpenEpisode | undefined {
    const episode = this.byHost.get(host);
    if (episode === undefined || episode.isNear(cell)) return episode;
    this.end(episode);
    return undefined;
  }

  private begin(hosts: readonly string[]): OpenEpisode {
    const episode = new OpenEpisode(hosts);
    for (const host of hosts) this.byHost.set(host, episode);
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
    for (const host of episode.focus) if (this.byHost.get(host) === episode) this.byHost.delete(host);
  }
}

/** The gravest first. */
function byGravity(a: OpenEpisode, b: OpenEpisode): number {
  return b.score - a.score || b.packets - a.packets || a.number - b.number;
}
