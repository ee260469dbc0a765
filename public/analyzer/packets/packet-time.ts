/** When a packet came, to the microsecond: since the first packet, or on this machine's clock. */

/** `relative` counts from the first packet, `clock` is the time of day. */
export type TimeMode = "relative" | "clock";

/** @param time seconds since 1970; null where the capture keeps none */
export function formatPacketTime(time: number | null, first: number | null, mode: TimeMode): string {
  if (time === null) return "";
  return mode === "clock" ? formatClock(time) : (time - (first ?? time)).toFixed(6);
}

/** `10:53:20.123456`; beyond what a date can hold, seconds since 1970. */
function formatClock(time: number): string {
  const micros = Math.round((time - Math.floor(time)) * 1e6);
  const whole = Math.floor(time) + (micros === 1_000_000 ? 1 : 0);
  const date = new Date(whole * 1000);
  if (Number.isNaN(date.getTime())) return time.toFixed(0);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()];
  const fraction = String(micros % 1_000_000).padStart(6, "0");
  return `${clock.map((part) => String(part).padStart(2, "0")).join(":")}.${fraction}`;
}
