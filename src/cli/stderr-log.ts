/**
 * The server's log: lines on standard error by consola, and each fault whole in a file of the data folder, for
 * whoever mends it. The person at the terminal gets a sentence and no stack.
 */
import { appendFileSync, statSync } from "node:fs";
import { createConsola } from "consola/basic";
import type { ServerLog } from "../classroom/server/classroom.ts";
import { reasonOf } from "../lib/errors.ts";

/** Bytes of faults that are kept; further ones are told on standard error only. */
export const maxFaultBytes = 1 << 20;

/** @param faultFile where faults are written whole */
export function stderrLog(faultFile: string, stderr: NodeJS.WriteStream = process.stderr): ServerLog {
  const log = createConsola({ stdout: stderr, stderr });
  return {
    info: (text) => log.info(text),
    warn: (text) => log.warn(text),
    fault(error) {
      const kept = keep(faultFile, error) ? `; all of it is in ${faultFile}` : "";
      try {
        log.error(`a fault inside pcs: ${reasonOf(error)}${kept}`);
      } catch {
        // The terminal is gone: the file has it.
      }
    },
  };
}

function keep(file: string, error: unknown): boolean {
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxFaultBytes) return false;
    const whole = error instanceof Error ? (error.stack ?? error.message) : String(error);
    appendFileSync(file, `${new Date().toISOString()} ${whole}\n`);
    return true;
  } catch {
    return false;
  }
}
