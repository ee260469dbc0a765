/** `pcs interfaces`: what can be captured here, and what is missing where it cannot. */
import { mayCapture } from "../analyzer/capture/live/capture-rights.ts";
import { openLibpcap } from "../analyzer/capture/live/libpcap.ts";
import { listInterfaces, type InterfaceInfo } from "../analyzer/capture/live/list-interfaces.ts";
import { command } from "./command.ts";
import { captureMeans, type CaptureMeans } from "./live-capture.ts";

const usage = `List the interfaces of this machine, and say what is missing to capture on them.

Usage: pcs interfaces

PCS_LIBPCAP=none in the environment makes as if libpcap were not installed.
`;

export const interfaces = command({
  usage,
  args: {},
  run() {
    const means = captureMeans();
    const { platform, mayUseLibpcap } = means;
    const has = {
      libpcap: mayUseLibpcap && openLibpcap(platform) !== undefined,
      rights: mayCapture(platform),
    };
    const list = formatInterfaces(listInterfaces(platform, mayUseLibpcap));
    process.stdout.write(`${list}\n${formatMeans(means, has)}`);
    return Promise.resolve(0);
  },
});

/** A table; addresses, and what else does not fit into a column, at the end. */
export function formatInterfaces(list: readonly InterfaceInfo[]): string {
  if (list.length === 0) return "There are no interfaces.\n";
  const rows = [
    ["NAME", "STATE", "LINK", "ADDRESSES"],
    ...list.map(({ name, state, linkType, addresses, description }) => [
      name,
      state,
      linkType ?? "-",
      [...addresses, ...(description === undefined ? [] : [`(${description})`])].join(" ") || "-",
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ")}\n`).join("");
}

/** Sentences: by what pcs captures, and what it lacks. */
export function formatMeans(
  means: CaptureMeans,
  has: { libpcap: boolean; rights: boolean | undefined },
): string {
  const lines = has.libpcap
    ? ["Captures by libpcap."]
    : means.platform === "linux"
      ? [
          `Captures by packet sockets. --filter needs libpcap, which is not installed: ${means.libpcapInstall}.`,
        ]
      : [`Capturing needs libpcap, which is not installed: ${means.libpcapInstall}.`];
  if (has.rights === false)
    lines.push(
      ...(means.rightsLine === undefined
        ? [`This user may not capture: ${means.rightsAdvice}.`]
        : ["This user may not capture: run it with sudo, or give the right once:", `  ${means.rightsLine}`]),
    );
  return `${lines.join("\n")}\n`;
}
