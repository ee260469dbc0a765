/**
 * The errors a person may see. Anything else that is thrown is a bug: it is logged whole, and the person
 * gets one sentence that says so.
 */

/** Something expected went wrong. `message` is one sentence for the person who typed the command; exit 1. */
export class ExpectedError extends Error {
  override name = "ExpectedError";
}

/** The command line itself is wrong. `message` is one sentence; the usage follows it; exit 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The operating system's short code of an error (`ENOENT`, `EADDRINUSE`), or undefined where it has none. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** A message of an error as a line of its own. */
export function asSentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

const reasons: Record<string, string> = {
  EACCES: "permission denied",
  EADDRINUSE: "the address is already in use",
  EADDRNOTAVAIL: "this machine has no such address",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  EDQUOT: "the disk quota is used up",
  EEXIST: "it exists already",
  EHOSTUNREACH: "the host cannot be reached",
  EISDIR: "it is a folder",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "there is no such file or folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is not a folder",
  ENOTFOUND: "there is no such host",
  EPERM: "the system does not allow it",
  EROFS: "the disk is read-only",
  ETIMEDOUT: "it did not answer in time",
};

/** What went wrong as words that fit behind a colon, without a stack. */
export function reasonOf(error: unknown): string {
  const code = errorCode(error);
  const reason = code !== undefined && Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  if (reason !== undefined) return reason;
  if (error instanceof Error) return error.message.split("\n", 1)[0] || error.name;
  return String(error);
}
