/** From an episode to the filter that selects its packets: whom it is about, and its span. */
import type { EpisodeRow, SelectionQuery } from "../../../src/analyzer/dashboard/contract.ts";
import { isIpAddress } from "../ip-address.ts";

/** Its times are rounded when they are written; this much more on both ends loses none, in seconds. */
const spareSeconds = 0.000_002;

/** @param capture the id of the capture it is of, where it is not the first one */
export function episodeSelection(
  episode: Pick<EpisodeRow, "hosts" | "hostCount" | "protocols" | "start" | "end">,
  capture?: string,
): SelectionQuery {
  const { start, end } = episode;
  const selection: SelectionQuery = {};
  if (capture !== undefined) selection.capture = capture;
  const q = hostsFilter(episode);
  if (q !== "") selection.q = q;
  // A capture without times has episodes without a span.
  if (start === null || !Number.isFinite(start) || !Number.isFinite(end)) return selection;
  selection.from = Math.max(0, start - spareSeconds).toFixed(6);
  selection.to = (end + spareSeconds).toFixed(6);
  return selection;
}

/** ARP has no addresses of IP in its header, so its packets are selected by their name. */
function hostsFilter({
  hosts,
  hostCount,
  protocols,
}: Pick<EpisodeRow, "hosts" | "hostCount" | "protocols">): string {
  const known = hosts.filter((host) => isIpAddress(host));
  const isWhole = hostCount <= hosts.length && known.length === 2;
  const filter = (isWhole ? known : known.slice(0, 1)).map((host) => `host ${host}`).join(" and ");
  if (!protocols.includes("arp")) return filter;
  return protocols.length === 1 || filter === "" ? "arp" : `(${filter}) or arp`;
}
