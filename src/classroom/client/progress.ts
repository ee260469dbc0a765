/** How far a file is, as one line of text. Reads no clock: the caller tells the time. */

import { formatBytes, formatSeconds } from "../../lib/format-amount.ts";

export interface TransferProgress {
  file: string;
  bytes: number;
  /** Unknown for what is received: the first protocol does not say. */
  size: number | undefined;
  elapsedMs: number;
}

const barCells = 20;
/** Below this a speed would be a guess. */
const soonestSpeedMs = 200;

/** @param columns the width of the terminal; the line stays within it */
export function formatProgress(progress: TransferProgress, columns: number): string {
  const { bytes, size, elapsedMs } = progress;
  const speed = elapsedMs < soonestSpeedMs ? undefined : bytes / (elapsedMs / 1000);
  const parts: string[] = [];
  if (size !== undefined) {
    const share = size === 0 ? 1 : Math.min(1, bytes / size);
    const full = Math.round(share * barCells);
    parts.push(`[${"#".repeat(full)}${"-".repeat(barCells - full)}] ${Math.floor(share * 100)} %`);
  } else parts.push(formatBytes(bytes));
  if (speed !== undefined) parts.push(`${formatBytes(speed)}/s`);
  if (size !== undefined && speed !== undefined && speed > 0 && bytes < size)
    parts.push(`${formatSeconds((size - bytes) / speed)} left`);
  const figures = parts.join("  ");
  const room = Math.max(8, columns - figures.length - 3);
  return `${shortened(progress.file, room)}  ${figures}`.slice(0, Math.max(1, columns - 1));
}

function shortened(name: string, columns: number): string {
  if (Bun.stringWidth(name) <= columns) return name;
  let kept = "";
  for (const character of name) {
    if (Bun.stringWidth(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
