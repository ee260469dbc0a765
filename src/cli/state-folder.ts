/** Where pcs keeps what it learns from its user between runs (XDG Base Directory Specification, XDG_STATE_HOME). */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

export interface StateSurroundings {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  home: string;
}

/** The folder that `--state` names, or else the user's own. */
export function stateFolder(given: string | undefined, { env, platform, home }: StateSurroundings): string {
  if (given !== undefined) return resolve(given);
  const state = env["XDG_STATE_HOME"] ?? "";
  // A path that is not absolute is to be ignored, says the specification.
  if (isAbsolute(state)) return join(state, "pcs");
  const local = env["LOCALAPPDATA"] ?? "";
  if (platform === "win32" && local !== "") return join(local, "pcs");
  return join(home, ".local", "state", "pcs");
}

export function stateSurroundings(): StateSurroundings {
  const { env, platform } = process;
  return { env, platform, home: homeAfterSudo() ?? homedir() };
}

/** Who gave up root for the person who called sudo has root's HOME still, but not its rights. */
function homeAfterSudo(): string | undefined {
  const uid = process.getuid?.();
  if (uid === undefined || process.env["SUDO_UID"] !== String(uid)) return undefined;
  try {
    return homeOf(uid, readFileSync("/etc/passwd", "utf8"));
  } catch {
    return undefined;
  }
}

/** A user's home by passwd(5): `name:password:uid:gid:comment:home:shell`. */
export function homeOf(uid: number, passwd: string): string | undefined {
  for (const line of passwd.split("\n")) {
    const fields = line.split(":");
    if (fields[2] === String(uid)) return fields[5];
  }
  return undefined;
}
