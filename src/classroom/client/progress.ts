/** How far a file is, as one line of text. Reads no clock: the caller tells the time. */

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

/** `1.2 MB`: powers of 1,000, as files are sold. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

function formatSeconds(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
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
