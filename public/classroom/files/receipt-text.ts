import { formatSize } from "./format-size.ts";

const clock = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const date = new Intl.DateTimeFormat("en", { month: "short", day: "numeric" });

/** `essay.pdf, 34.6 kB, 10:05:12`, with the day where it is not today's. @param nowMs since 1970 */
export function receiptText(
  { file, bytes, timeMs }: { file: string; bytes: number; timeMs: number },
  nowMs: number,
): string {
  const day = date.format(timeMs) === date.format(nowMs) ? "" : `${date.format(timeMs)}, `;
  return `${file}, ${formatSize(bytes)}, ${day}${clock.format(timeMs)}`;
}
