/** The server's log on standard error, by consola. */
import { createConsola } from "consola";
import type { ServerLog } from "../classroom/server/classroom.ts";

export function stderrLog(): ServerLog {
  const log = createConsola({ stdout: process.stderr, stderr: process.stderr });
  return {
    info: (text) => log.info(text),
    warn: (text) => log.warn(text),
    fault: (error) => log.error("a fault inside pcs:", error),
  };
}
