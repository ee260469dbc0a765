/** Numbers as people read them. */
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** Largest first, each with the unit of its remainder. */
const units = [
  { name: "years", size: 31_557_600, below: "d", part: 86_400 },
  { name: "d", size: 86_400, below: "h", part: 3600 },
  { name: "h", size: 3600, below: "min", part: 60 },
  { name: "min", size: 60, below: "s", part: 1 },
];

/** `122,995` */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** `402.9` */
export function formatTenths(value: number): string {
  return tenths.format(value);
}

/** `49.6 MB`, in powers of 1,000, as networks are measured. */
export function formatBytes(bytes: number): string {
  return scaled(bytes, "B");
}

/** `601 kbit/s` out of bytes a second. */
export function formatBitRate(bytesPerSecond: number): string {
  return `${scaled(bytesPerSecond * 8, "bit")}/s`;
}

/** `1.2 k` for axes. */
export function formatShort(value: number): string {
  return scaled(value, "").trimEnd();
}

/** `23.4 %`; what is there but too little to see is `< 0.1 %`. */
export function formatShare(part: number, all: number): string {
  const percent = all === 0 ? 0 : (part / all) * 100;
  return percent > 0 && percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
}

/** `11 min 0 s`, `3.2 s`, `2 d 4 h`: two units at most. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.001) return seconds === 0 ? "0 s" : `${tenths.format(seconds * 1e6)} µs`;
  if (seconds < 1) return `${tenths.format(seconds * 1000)} ms`;
  if (seconds < 60) return `${tenths.format(seconds)} s`;
  const rounded = Math.round(seconds);
  const unit = units.find(({ size }) => rounded >= size) ?? units.at(-1)!;
  const more = Math.floor((rounded % unit.size) / unit.part);
  return `${whole.format(Math.floor(rounded / unit.size))} ${unit.name}${more > 0 ? ` ${more} ${unit.below}` : ""}`;
}

/** A moment on this machine's clock: `2025-10-09 10:53:20`. Beyond what a date can hold, seconds since 1970. */
export function formatMoment(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return `${whole.format(seconds)} s`;
  return `${formatDay(date)} ${formatClock(date)}`;
}

/** A mark on an axis whose marks are `step` seconds apart: no more of the moment than tells them apart, midnights by their day. */
export function formatTick(seconds: number, step: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return whole.format(seconds);
  const clock = formatClock(date);
  if (step >= 86_400 || clock === "00:00:00") return formatDay(date);
  return step >= 60 ? clock.slice(0, 5) : clock;
}

/** `10:53:20` */
function formatClock(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
}

function formatDay(date: Date): string {
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

function scaled(value: number, unit: string): string {
  const prefixes = ["", "k", "M", "G", "T", "P"];
  let power = 0;
  let left = value;
  while (left >= 999.5 && power < prefixes.length - 1) {
    left /= 1000;
    power++;
  }
  const digits = left >= 99.95 ? whole.format(left) : tenths.format(left);
  return `${digits} ${prefixes[power]}${unit}`;
}
