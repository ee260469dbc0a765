/** How long a server keeps messages, in one sentence for people. */
import type { Control } from "./control.ts";

/** @param kept the field of `seat` */
export function keepingText(kept: Control<"seat">["kept"]): string | undefined {
  if (kept === undefined) return undefined;
  const { days, bytes } = kept;
  const age = days === undefined ? "" : ` for ${days === 1 ? "a day" : `${days} days`}`;
  const size = bytes === undefined ? "" : `the newest ${formatBytes(bytes)}`;
  if (age === "" && size === "") return "Messages are kept for good.";
  if (size === "") return `Messages are kept${age}.`;
  return age === ""
    ? `Of all messages ${size} are kept.`
    : `Messages are kept${age}, but no more than ${size}.`;
}

function formatBytes(bytes: number): string {
  const [unit, name] = bytes >= 1 << 30 ? [1 << 30, "GiB"] : [1 << 20, "MiB"];
  return `${Math.max(0.1, Math.round((bytes / unit) * 10) / 10)} ${name}`;
}
