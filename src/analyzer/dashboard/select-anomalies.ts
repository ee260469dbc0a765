/** What was found among the packets that are selected. */
import type { AnomaliesReport } from "../anomaly/anomaly-report.ts";
import { protocolNames } from "../packet/protocols.ts";
import type { Selection } from "../query/selection.ts";
import { addressText } from "../query/selection-rows.ts";
import type { AddressIds } from "../store/address-ids.ts";
import { notJudged, type StoreChunk } from "../store/store-chunk.ts";

/**
 * The report of a selection: its counts, the packets of `top` that are selected, and the episodes that some flagged
 * packet of the selection belongs to, by its time and its addresses. Episodes are told whole.
 */
export function selectAnomalies(report: AnomaliesReport, selection: Selection): AnomaliesReport {
  const places = new EpisodePlaces(report.episodes, selection.store.addresses);
  const { flagFrom } = selection;
  let [scored, flagged, expectedPackets] = [0, 0, 0];
  for (const { chunk, rows, count } of selection.rows())
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const score = chunk.score[row]!;
      if (score === notJudged) continue;
      scored++;
      if (score < flagFrom) continue;
      if (places.find(chunk, row)) expectedPackets++;
      else flagged++;
    }
  const episodes = report.episodes.filter((_, i) => places.found[i] === 1);
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

/** When and between whom episodes were, and of which of them packets were found. */
class EpisodePlaces {
  /** 1 for an episode of which a packet was found. */
  readonly found: Uint8Array;
  private readonly episodes: AnomaliesReport["episodes"];
  private readonly addresses: AddressIds;
  /** The numbers of the episodes that name an address, by its text and by its id. */
  private readonly byHost = new Map<string, number[]>();
  private readonly byId = new Map<number, readonly number[]>();
  private readonly byProtocol = new Map<string, number[]>();

  constructor(episodes: AnomaliesReport["episodes"], addresses: AddressIds) {
    this.found = new Uint8Array(episodes.length);
    this.episodes = episodes;
    this.addresses = addresses;
    episodes.forEach(({ hosts, protocols }, i) => {
      for (const host of hosts) listed(this.byHost, host).push(i);
      for (const protocol of protocols) listed(this.byProtocol, protocol).push(i);
    });
  }

  /** Finds the episodes that a flagged packet may belong to. @returns whether one of them is expected */
  find(chunk: StoreChunk, row: number): boolean {
    const seconds = chunk.seconds[row]! + chunk.nanos[row]! / 1e9;
    const [source, destination] = [chunk.source[row]!, chunk.destination[row]!];
    if (source !== 0 || destination !== 0) {
      const isExpected = this.mark(this.named(source), seconds);
      return this.mark(this.named(destination), seconds) || isExpected;
    }
    // What has no IP addresses is known by its protocol.
    return this.mark(this.byProtocol.get(protocolNames[chunk.protocol[row]!]!) ?? none, seconds);
  }

  private mark(numbers: readonly number[], seconds: number): boolean {
    let isExpected = false;
    for (const i of numbers) {
      const { start, end, expected } = this.episodes[i]!;
      // Without times there is nothing that speaks against it.
      if (seconds < start || seconds > end) continue;
      this.found[i] = 1;
      if (expected) isExpected = true;
    }
    return isExpected;
  }

  private named(id: number): readonly number[] {
    let numbers = this.byId.get(id);
    if (numbers === undefined) {
      numbers = this.byHost.get(addressText(this.addresses, id)) ?? none;
      this.byId.set(id, numbers);
    }
    return numbers;
  }
}

const none: readonly number[] = [];

function listed(lists: Map<string, number[]>, key: string): number[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
