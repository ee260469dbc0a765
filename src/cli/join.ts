/** `pcs join`: flags, streams and signals into a stay in the classroom. */
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join as joinPath } from "node:path";
import { sessionLimits } from "../classroom/client/limits.ts";
import type { FolderEntry } from "../classroom/client/completion.ts";
import { LineEditor } from "../classroom/client/line-editor.ts";
import { PlainTerminal } from "../classroom/client/plain-terminal.ts";
import { runSession } from "../classroom/client/session.ts";
import { parseServerCode } from "../classroom/protocol/v2/server-code.ts";
import { diskKnownServers } from "../store/disk/disk-known-servers.ts";
import type { Terminal } from "../classroom/client/terminal.ts";
import { UsageError } from "../lib/errors.ts";
import { command, portOf } from "./command.ts";

const usage = `Join a classroom from this terminal.

Usage: pcs join [host] [port] [options]

  host               the server's name or address (default localhost)
  port               its port (default 10000)

Options:
  --user NAME        the name to log in with, instead of being asked
  --downloads DIR    where received files go (default ./downloads)
  --legacy           speak the first protocol, without encryption
  --fingerprint CODE the code that the server must have

The password is asked for and not shown, or taken from PCS_PASSWORD.
Inside, help lists what can be typed. Without a terminal the same lines are read from standard input.
`;

export const join = command({
  usage,
  args: {
    host: { type: "positional", required: false },
    port: { type: "positional", required: false },
    user: { type: "string" },
    downloads: { type: "string", default: "downloads" },
    legacy: { type: "boolean" },
    fingerprint: { type: "string" },
  },
  async run(args) {
    const port = portOf(args.port ?? "10000", "the port");
    if (port === 0) throw new UsageError("the port must be from 1 to 65535.");
    const fingerprint = args.fingerprint === undefined ? undefined : parseServerCode(args.fingerprint);
    if (args.fingerprint !== undefined && fingerprint === undefined)
      throw new UsageError(
        `--fingerprint must be a code such as ABCD-EFGH-IJKL-MNOP, and '${args.fingerprint}' is none.`,
      );
    if (fingerprint !== undefined && args.legacy) throw new UsageError("--legacy has no code to compare.");
    const interrupted = interruptSignal();
    const interrupt = (): void => interrupted.abort();
    // Whoever reads what we print may go away: then there is nobody to stay for.
    process.stdout.on("error", interrupt);
    const stay = runSession(
      {
        host: args.host ?? "localhost",
        port,
        user: args.user,
        password: process.env["PCS_PASSWORD"] || undefined,
        downloads: args.downloads,
        home: homedir(),
        limits: sessionLimits,
        legacy: args.legacy ?? false,
        fingerprint,
        known: diskKnownServers(joinPath(configFolder(), "known-servers")),
      },
      {
        terminal: openTerminal(interrupt),
        interrupted: interrupted.signal,
        now: () => performance.now(),
        list: listFolder,
      },
    );
    // A dial that was given up cannot be taken back, and would keep the process.
    return await stay.finally(() => setTimeout(() => process.exit(), givenUpDialMs).unref());
  },
});

/** Where a person's settings are, by the system's habits. */
function configFolder(): string {
  const { XDG_CONFIG_HOME, APPDATA } = process.env;
  if (process.platform === "win32" && APPDATA) return joinPath(APPDATA, "pcs");
  return joinPath(XDG_CONFIG_HOME || joinPath(homedir(), ".config"), "pcs");
}

/** How long the process may go on when all is done. */
const givenUpDialMs = 200;

/** A line editor where a person sits; a terminal that can draw nothing is treated as a pipe. */
function openTerminal(interrupt: () => void): Terminal {
  const { stdin: input, stdout: output, env } = process;
  if (!input.isTTY || !output.isTTY || env["TERM"] === "dumb")
    return new PlainTerminal({ input, output, interrupt });
  return new LineEditor({ input, output, colour: !env["NO_COLOR"], interrupt });
}

/** The first signal ends the stay politely, a second one at once. */
function interruptSignal(): AbortController {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  return controller;
}

function listFolder(folder: string): FolderEntry[] {
  const place = folder.startsWith("~/") ? homedir() + folder.slice(1) : folder || ".";
  try {
    return readdirSync(place, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
    }));
  } catch {
    return [];
  }
}
