const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** `3.1 MB`, in powers of 1,000. */
export function formatSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${number.format(bytes / 1_000 ** power)} ${units[power]}`;
}
