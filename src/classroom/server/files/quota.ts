/** How much of a student's files the server keeps. */
import { formatBytes } from "../../../lib/format-amount.ts";
import type { Usage } from "../../files/file-store.ts";
import type { Classroom } from "../classroom.ts";

/**
 * @param more what is to be kept more, what is on its way with it
 * @returns words that fit behind a colon where that is more than this student may keep
 */
export async function overQuota(
  classroom: Classroom,
  student: string,
  { files: moreFiles, bytes }: Usage,
): Promise<string | undefined> {
  const { files, limits } = classroom.ports;
  const { quotaBytes, quotaFiles } = limits;
  if (quotaBytes === Number.POSITIVE_INFINITY) return undefined;
  const kept = await files.usage(student);
  const collected = classroom.collects.usage(student);
  const used = kept.bytes + collected.bytes;
  const isTooMany = kept.files + collected.files + moreFiles > quotaFiles;
  if (used + bytes <= quotaBytes && !isTooMany) return undefined;
  classroom.counters.overQuota++;
  if (isTooMany) return `you have as many files here as one person may, ${quotaFiles}`;
  const left = formatBytes(Math.max(0, quotaBytes - used));
  return `it has ${formatBytes(bytes)}, and ${left} are left of your ${formatBytes(quotaBytes)}`;
}
