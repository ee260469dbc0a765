/** The interfaces of this machine: by libpcap where it is, else as the system lists them. */
import { ptr, read, type Pointer } from "bun:ffi";
import { readdirSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { maxInterfaces } from "../../limits.ts";
import { linkTypeName } from "../link-types.ts";
import { hardwareType, linkTypeOfHardware } from "./hardware-types.ts";
import { errorBytes, fromCString, openLibpcap, type Libpcap } from "./libpcap.ts";

export interface InterfaceInfo {
  name: string;
  /** What people call it, where the system says: "Wi-Fi". */
  description: string | undefined;
  state: "up" | "down" | "unknown";
  linkType: string | undefined;
  addresses: string[];
}

type SystemAddresses = ReturnType<typeof networkInterfaces>;

/**
 * @param system addresses by the system's names, which on Windows are not those of libpcap
 * @returns them in the system's order
 */
export function listInterfaces(
  platform: NodeJS.Platform,
  mayUseLibpcap: boolean,
  system: SystemAddresses = networkInterfaces(),
): InterfaceInfo[] {
  const pcap = mayUseLibpcap ? openLibpcap(platform) : undefined;
  const byPcap = pcap === undefined ? [] : listByLibpcap(pcap, platform);
  const known = new Set(byPcap.map(({ name }) => name));
  const names = platform === "win32" && pcap !== undefined ? [] : systemNames(platform, system);
  const others = names.filter((name) => !known.has(name));
  return [
    ...byPcap.map(({ name, description, isUp, addresses }) => ({
      name,
      description,
      // What is down and no interface of the system is a device of libpcap's own, and has no state.
      state: isUp ? ("up" as const) : names.includes(name) ? ("down" as const) : ("unknown" as const),
      linkType: systemLinkType(name),
      addresses: system[name] === undefined ? addresses : addressesOf(system, name),
    })),
    ...others.map((name) => ({
      name,
      description: undefined,
      state: systemState(name, system),
      linkType: systemLinkType(name),
      addresses: addressesOf(system, name),
    })),
  ];
}

function addressesOf(system: SystemAddresses, name: string): string[] {
  return (system[name] ?? []).map(({ cidr, address }) => cidr ?? address);
}

interface PcapInterface {
  name: string;
  description: string | undefined;
  isUp: boolean;
  addresses: string[];
}

/** Flag of libpcap 1.6 and later: PCAP_IF_UP. */
const flagUp = 2;

/** struct pcap_if: next 0 | name 8 | description 16 | addresses 24 | flags u32 32. Asking needs no rights. */
function listByLibpcap(pcap: Libpcap, platform: NodeJS.Platform): PcapInterface[] {
  const first = new BigUint64Array(1);
  if (pcap.pcap_findalldevs(first, new Uint8Array(errorBytes)) !== 0) return [];
  const found: PcapInterface[] = [];
  const head = read.ptr(ptr(first), 0) as Pointer;
  for (let at = head; at !== 0 && found.length < maxInterfaces; at = read.ptr(at, 0) as Pointer)
    found.push({
      name: fromCString(read.ptr(at, 8) as Pointer),
      description: read.ptr(at, 16) === 0 ? undefined : fromCString(read.ptr(at, 16) as Pointer),
      isUp: (read.u32(at, 32) & flagUp) !== 0,
      addresses: readAddresses(read.ptr(at, 24) as Pointer, platform),
    });
  if (head !== 0) pcap.pcap_freealldevs(head);
  return found;
}

/** AF_INET6, which each system numbers by itself. */
const families: Partial<Record<NodeJS.Platform, number>> = { linux: 10, darwin: 30, win32: 23 };

/**
 * struct pcap_addr: next 0 | address 8 | …, and of the address, a sockaddr: family u16 (on BSD behind a length,
 * u8 each) | IPv4 at 4 | IPv6 at 8.
 */
function readAddresses(head: Pointer, platform: NodeJS.Platform): string[] {
  const found: string[] = [];
  for (let at = head; at !== 0 && found.length < maxInterfaces; at = read.ptr(at, 0) as Pointer) {
    const address = read.ptr(at, 8) as Pointer;
    if (address === 0) continue;
    const family = platform === "darwin" ? read.u8(address, 1) : read.u16(address, 0);
    if (family === 2) found.push([4, 5, 6, 7].map((i) => read.u8(address, i)).join("."));
    if (family === families[platform]) {
      const groups = Array.from({ length: 8 }, (_, i) =>
        ((read.u8(address, 8 + 2 * i) << 8) | read.u8(address, 9 + 2 * i)).toString(16),
      );
      found.push(new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1));
    }
  }
  return found;
}

const sysfs = "/sys/class/net";

function systemNames(platform: NodeJS.Platform, system: SystemAddresses): string[] {
  if (platform !== "linux") return Object.keys(system);
  try {
    return readdirSync(sysfs);
  } catch {
    return Object.keys(system);
  }
}

/** Bit 0 of the flags: IFF_UP. */
function systemState(name: string, system: SystemAddresses): InterfaceInfo["state"] {
  try {
    return Number(readFileSync(`${sysfs}/${name}/flags`, "utf8")) & 1 ? "up" : "down";
  } catch {
    return name in system ? "up" : "unknown";
  }
}

function systemLinkType(name: string): string | undefined {
  const type = hardwareType(name);
  const linkType = type === undefined ? undefined : linkTypeOfHardware(type);
  return linkType === undefined ? undefined : linkTypeName(linkType);
}
