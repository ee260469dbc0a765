/** The interfaces of this machine: by libpcap where it is, else as the system lists them. */
import { ptr, read, type Pointer } from "bun:ffi";
import { readdirSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { maxInterfaces } from "../../limits.ts";
import { linkTypeName } from "../link-types.ts";
import { errorBytes, fromCString, openLibpcap, type Libpcap } from "./libpcap.ts";
import { linkTypeOfHardware } from "./packet-socket.ts";

export interface InterfaceInfo {
  name: string;
  /** What people call it, where the system says: "Wi-Fi". */
  description: string | undefined;
  state: "up" | "down" | "unknown";
  linkType: string | undefined;
  addresses: string[];
}

/** @returns them in the system's order */
export function listInterfaces(platform: NodeJS.Platform, mayUseLibpcap: boolean): InterfaceInfo[] {
  const pcap = mayUseLibpcap ? openLibpcap(platform) : undefined;
  const byPcap = pcap === undefined ? [] : listByLibpcap(pcap);
  const known = new Set(byPcap.map(({ name }) => name));
  const names = systemNames(platform);
  const others = names.filter((name) => !known.has(name));
  return [...byPcap, ...others.map((name) => ({ name, description: undefined, isUp: undefined }))].map(
    ({ name, description, isUp }) => ({
      name,
      description,
      // What is down and no interface of the system is a device of libpcap's own, and has no state.
      state: isUp === undefined ? systemState(name) : isUp ? "up" : names.includes(name) ? "down" : "unknown",
      linkType: systemLinkType(name),
      addresses: (networkInterfaces()[name] ?? []).map(({ cidr, address }) => cidr ?? address),
    }),
  );
}

interface PcapInterface {
  name: string;
  description: string | undefined;
  isUp: boolean | undefined;
}

/** Flag of libpcap 1.6 and later: PCAP_IF_UP. */
const flagUp = 2;

/** struct pcap_if: next 0 | name 8 | description 16 | addresses 24 | flags u32 32. Asking needs no rights. */
function listByLibpcap(pcap: Libpcap): PcapInterface[] {
  const first = new BigUint64Array(1);
  if (pcap.pcap_findalldevs(first, new Uint8Array(errorBytes)) !== 0) return [];
  const found: PcapInterface[] = [];
  const head = read.ptr(ptr(first), 0) as Pointer;
  for (let at = head; at !== 0 && found.length < maxInterfaces; at = read.ptr(at, 0) as Pointer)
    found.push({
      name: fromCString(read.ptr(at, 8) as Pointer),
      description: read.ptr(at, 16) === 0 ? undefined : fromCString(read.ptr(at, 16) as Pointer),
      isUp: (read.u32(at, 32) & flagUp) !== 0,
    });
  if (head !== 0) pcap.pcap_freealldevs(head);
  return found;
}

const sysfs = "/sys/class/net";

function systemNames(platform: NodeJS.Platform): string[] {
  if (platform !== "linux") return Object.keys(networkInterfaces());
  try {
    return readdirSync(sysfs);
  } catch {
    return Object.keys(networkInterfaces());
  }
}

/** Bit 0 of the flags: IFF_UP. */
function systemState(name: string): InterfaceInfo["state"] {
  const flags = sysfsNumber(name, "flags");
  if (flags === undefined) return name in networkInterfaces() ? "up" : "unknown";
  return flags & 1 ? "up" : "down";
}

function systemLinkType(name: string): string | undefined {
  const type = sysfsNumber(name, "type");
  const linkType = type === undefined ? undefined : linkTypeOfHardware(type);
  return linkType === undefined ? undefined : linkTypeName(linkType);
}

function sysfsNumber(name: string, file: string): number | undefined {
  try {
    return Number(readFileSync(`${sysfs}/${name}/${file}`, "utf8"));
  } catch {
    return undefined;
  }
}
