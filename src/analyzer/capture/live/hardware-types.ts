/** What Linux says an interface is made of (linux/if_arp.h), and the link types that it is captured with. */
import { readFileSync } from "node:fs";
import { linkType } from "../link-types.ts";

export const hardwareTypes = { ethernet: 1, loopback: 772 } as const;

/** Raw IP stands for interfaces whose own header is left out: tunnels and point-to-point links. */
const linkTypes: Record<number, number> = {
  [hardwareTypes.ethernet]: linkType.ethernet,
  [hardwareTypes.loopback]: linkType.ethernet,
  512: linkType.raw,
  768: linkType.raw,
  769: linkType.raw,
  776: linkType.raw,
  778: linkType.raw,
  801: 105,
  802: 119,
  803: 127,
  65_534: linkType.raw,
};

/** The link type of what a packet socket gives on hardware of this type; undefined where only libpcap can tell. */
export function linkTypeOfHardware(type: number): number | undefined {
  return linkTypes[type];
}

/** The type of an interface, where the system tells. */
export function hardwareType(name: string): number | undefined {
  try {
    return Number(readFileSync(`/sys/class/net/${name}/type`, "utf8"));
  } catch {
    return undefined;
  }
}
