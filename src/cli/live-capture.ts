/** Opens live traffic and filters for the command line: what the process may do and what is installed go in from here. */
import { readFileSync, realpathSync } from "node:fs";
import { dropRoot, sudoCaller } from "../analyzer/capture/live/drop-root.ts";
import { filterSource } from "../analyzer/capture/live/filtered-source.ts";
import { openLiveSource } from "../analyzer/capture/live/live-source.ts";
import { libpcapInstall, rightsAdvice, setcapLine } from "../analyzer/capture/live/missing.ts";
import type { PacketSource } from "../analyzer/capture/packet-source.ts";
import type { CaptureChoice } from "./analyze-options.ts";

/** What this machine has, and what it lacks in words. */
export interface CaptureMeans {
  platform: NodeJS.Platform;
  /** False with PCS_LIBPCAP=none, which makes as if libpcap were not installed. */
  mayUseLibpcap: boolean;
  /** What gives the right to capture, as the end of a sentence. */
  rightsAdvice: string;
  /** The line for a shell that does; undefined where there is none. */
  rightsLine: string | undefined;
  /** What installs libpcap. */
  libpcapInstall: string;
}

export function captureMeans(): CaptureMeans {
  const { platform } = process;
  const executable = realpathSync(process.execPath);
  return {
    platform,
    mayUseLibpcap: process.env["PCS_LIBPCAP"] !== "none",
    rightsAdvice: rightsAdvice(platform, executable),
    rightsLine: platform === "linux" ? setcapLine(executable) : undefined,
    libpcapInstall: libpcapInstall(platform, osRelease()),
  };
}

/**
 * Opens an interface, and then gives up root for the person who called sudo.
 * @throws ExpectedError with one sentence
 */
export async function openInterface(
  choice: Extract<CaptureChoice, { kind: "interface" }>,
  filter: string | undefined,
): Promise<PacketSource> {
  const source = await openLiveSource({
    ...captureMeans(),
    interfaceName: choice.name,
    filter,
    promiscuous: choice.promiscuous,
  });
  const caller = sudoCaller(process.env, process.getuid?.());
  if (caller !== undefined) dropRoot(caller);
  return source;
}

/** @throws ExpectedError without libpcap, or where the filter is wrong; the source is closed then */
export async function withFilter(source: PacketSource, filter: string): Promise<PacketSource> {
  try {
    return filterSource(source, filter, captureMeans());
  } catch (error) {
    await source.close();
    throw error;
  }
}

function osRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}
