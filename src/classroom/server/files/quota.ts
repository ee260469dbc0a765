/** How much of a student's files the server keeps. */
import { formatBytes } from "../../../lib/format-amount.ts";
import type { Classroom } from "../classroom.ts";

/**
 * @param bytes that are to be kept more, those that are on their way among them
 * @returns words that fit behind a colon where that is more than this student may keep
 */
export async function overQuota(
  classroom: Classroom,
  student: string,
  bytes: number,
): Promise<string | undefined> {
  const { files, limits } = classroom.ports;
  const { quotaBytes } = limits;
  if (quotaBytes === Number.POSITIVE_INFINITY) return undefined;
  const used = (await files.usage(student)) + classroom.collects.bytesOf(student);
  if (used + bytes <= quotaBytes) return undefined;
  classroom.counters.overQuota++;
  const left = formatBytes(Math.max(0, quotaBytes - used));
  return `it has ${formatBytes(bytes)}, and ${left} are left of your ${formatBytes(quotaBytes)}`;
}
