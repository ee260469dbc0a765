/** How long messages are kept, out of a flag: `30d`, `2GiB`, `30d,500MiB` or `all`. */
import { defaultRetention, type Retention } from "../classroom/chat/retention.ts";
import { UsageError } from "../lib/errors.ts";

const units = { MiB: 1 << 20, GiB: 1 << 30 } as const;

/** What is not named stays as it is by default. @throws UsageError */
export function retentionOf(text: string): Retention {
  if (text === "all") return { days: undefined, bytes: undefined };
  let { days, bytes } = defaultRetention;
  for (const part of text.split(",")) {
    const [, count, unit] = /^([1-9]\d{0,5})(d|MiB|GiB)$/.exec(part) ?? [];
    if (count === undefined)
      throw new UsageError(`--keep is days and size, such as 30d,2GiB, or all, and '${text}' is neither.`);
    if (unit === "d") days = Number(count);
    else bytes = Number(count) * units[unit as keyof typeof units];
  }
  return { days, bytes };
}
