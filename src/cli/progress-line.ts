/** One line on a terminal that says how far the reading is, written over itself. */
import type { SourceProgress } from "../analyzer/capture/packet-source.ts";

export interface Progress extends SourceProgress {
  packets: number;
  dropped: number;
}

/**
 * The line's text.
 * @param elapsedMs since the beginning
 */
export function formatProgress(progress: Progress, elapsedMs: number): string {
  const { packets, dropped, readBytes, totalBytes } = progress;
  const seconds = Math.max(elapsedMs, 1) / 1000;
  const parts = [`${packets.toLocaleString("en")} packets, ${rate(packets / seconds)} packets/s`];
  if (readBytes !== undefined) {
    const bytesPerSecond = readBytes / seconds;
    if (totalBytes === undefined || totalBytes < readBytes) parts.push(`${megabytes(readBytes)} read`);
    else {
      const share = totalBytes === 0 ? 100 : Math.floor((100 * readBytes) / totalBytes);
      parts.push(`${share} % of ${megabytes(totalBytes)}`);
      if (bytesPerSecond > 0) parts.push(`${timeLeft((totalBytes - readBytes) / bytesPerSecond)} left`);
    }
    parts.push(`${megabytes(bytesPerSecond)}/s`);
  }
  if (dropped > 0) parts.push(`${dropped.toLocaleString("en")} dropped`);
  return parts.join(" · ");
}

/**
 * Writes the line twice a second until it is told to end, and then clears it.
 * @returns ends it
 */
export function showProgress(
  terminal: { write(text: string): unknown },
  now: () => number,
  progress: () => Progress,
): () => void {
  const startedAt = now();
  const timer = setInterval(() => {
    terminal.write(`\r\x1b[K${formatProgress(progress(), now() - startedAt)}`);
  }, 500);
  return () => {
    clearInterval(timer);
    terminal.write("\r\x1b[K");
  };
}

function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString("en");
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function timeLeft(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
