/**
 * The audit log: one JSON object a line, only ever added to. At a certain size it is put aside as `audit.log.1`,
 * and so on; the oldest goes. It is opened anew for each line, so that `pcs accounts` may write to it as well.
 *
 *      {"at":"2026-11-30T09:12:44.120Z","by":"ann","did":"mute","whom":"bob"}
 */
import { appendFileSync, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { reasonOf } from "../../lib/errors.ts";
import type { AuditEntry, AuditLog } from "../../classroom/accounts/audit-log.ts";

/** Bytes of one file, and how many files are kept beside the present one. */
export const maxAuditBytes = 4 << 20;
export const maxOldAudits = 4;

/** @param tell hears once, in a sentence, that nothing can be written. @param now milliseconds since 1970 */
export function diskAudit(path: string, tell: (sentence: string) => void, now: () => number): AuditLog {
  let isBroken = false;
  return {
    write({ by, did, whom, what }: AuditEntry) {
      const at = new Date(now()).toISOString();
      const line = `${JSON.stringify({ at, by: by === "" ? "@console" : by, did, whom, what })}\n`;
      try {
        if (sizeOf(path) + Buffer.byteLength(line) > maxAuditBytes) rotate(path);
        appendFileSync(path, line, { mode: 0o600 });
        isBroken = false;
      } catch (error) {
        if (!isBroken) tell(`The audit log ${path} cannot be written: ${reasonOf(error)}.`);
        isBroken = true;
      }
    },
  };
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

function rotate(path: string): void {
  rmSync(`${path}.${maxOldAudits}`, { force: true });
  for (let i = maxOldAudits - 1; i >= 1; i--)
    if (existsSync(`${path}.${i}`)) renameSync(`${path}.${i}`, `${path}.${i + 1}`);
  renameSync(path, `${path}.1`);
}
