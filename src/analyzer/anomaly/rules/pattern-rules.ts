/**
 * The rules that look at the features of a packet in its context: scans and floods, which are patterns of
 * many packets and not in any one. They are asked once for each different row of features.
 *
 * Features count what was of late: sums with a time constant of 10 s, different things of the last 10 to 20 s.
 * Limits are what one person or program does not reach by its own work.
 */
import { counted, formatCount } from "../../../lib/counted.ts";
import type { FeatureName } from "../features/feature-list.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

/** Tells a feature of the row by its name, as counted (not scaled). */
export type FeatureValue = (name: FeatureName) => number;

/** Ports of other hosts that one host opens connections to: a browser reaches some dozens of hosts, one port each. */
const scannedServices = 40;
/** Ports for each host: clients use one to three of a server. */
const portsAHost = 8;
/** Hosts, and connections opened: programs that look for peers (file sharing) try up to ten a second. */
const scannedHosts = 100;
const scannedHostOpenings = 150;
/** Share of the things addressed to which a connection was opened: a server sends to as many, opening none. */
const openedShare = 0.5;
/** Connections opened to one host, and the share of all packets to it that open one: used ones have five. */
const floodOpenings = 100;
const floodOpeningShare = 0.6;
/** Packets to one host, for each that it sends, and all of the same shape within a second: no dialogue. */
const floodPackets = 2000;
const floodUnanswered = 20;
const floodAlike = 100;
/** So many are a flood sooner where they come faster, of services that open no window and fill it at once. */
const burstPackets = 500;
const burstAlike = 200;

const windowless: ReadonlySet<number> = new Set([1, 2, 17, 58]);
const quicPort = 443;

/**
 * Whether a service has no window: ICMP, IGMP and UDP but for QUIC, which is told by its port, as nothing else is
 * known of a packet that was not looked into.
 * @param port the lower of both
 */
export function isWindowless(transport: number, port: number): boolean {
  return windowless.has(transport) && port !== quicPort;
}

/**
 * @param hasNoWindow whether the packet's service is windowless
 * @returns the number of the rule that the features speak for, or 0
 */
export function patternOf(value: FeatureValue, hasNoWindow: boolean): number {
  const openings = value("source.openings");
  const services = value("source.services");
  const peers = Math.max(1, value("source.peers"));
  // Connections of each service in turn: as many openings as services, though some are forgotten by now.
  if (services >= scannedServices && openings >= services * openedShare) {
    if (services >= peers * portsAHost) return ruleNumber.portScan;
    if (peers >= scannedHosts && openings >= scannedHostOpenings) return ruleNumber.hostScan;
  }
  const arriving = value("destination.packets");
  if (value("destination.openings") >= Math.max(floodOpenings, arriving * floodOpeningShare))
    return ruleNumber.synFlood;
  if (!(value("destination.unanswered") >= floodUnanswered)) return 0;
  const alike = value("shape.packets");
  const isBurst = hasNoWindow && arriving >= burstPackets && alike >= burstAlike;
  return isBurst || (arriving >= floodPackets && alike >= floodAlike) ? ruleNumber.flood : 0;
}

/** @param number what `patternOf` answered for the same row, from 1 on */
export function describePattern(number: number, value: FeatureValue): RuleReason {
  const count = (name: FeatureName): number => Math.round(value(name));
  switch (number) {
    case ruleNumber.portScan: {
      const ports = count("source.services");
      const hosts = Math.max(1, count("source.peers"));
      const text = `tried about ${counted(ports, "port")} of ${hosts === 1 ? "one host" : counted(hosts, "host")} within 20 s`;
      return ruleReason(number, ports, "1 to 3 of a host", text);
    }
    case ruleNumber.hostScan: {
      const hosts = count("source.peers");
      return ruleReason(
        number,
        hosts,
        `below ${scannedHosts}`,
        `tried about ${counted(hosts, "host")} within 20 s`,
      );
    }
    case ruleNumber.synFlood: {
      const [openings, all] = [count("destination.openings"), count("destination.packets")];
      const text = `is among ${formatCount(openings)} openings of connections in 10 s, out of ${counted(all, "packet")} to the receiver`;
      return ruleReason(number, openings, "one of five packets", text);
    }
    default: {
      const [packets, ratio] = [count("destination.packets"), count("destination.unanswered")];
      const text = `is among ${counted(packets, "packet")} in 10 s to a receiver that sends one back for each ${formatCount(ratio)}`;
      return ruleReason(number, packets, `below ${burstPackets} without answer`, text);
    }
  }
}
