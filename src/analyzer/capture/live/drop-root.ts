/**
 * Gives root up for the person who called sudo, once the interface is open: nothing that packets may bring
 * about needs it. The C library does so for every thread of the process, the capturing one too.
 */
import { ExpectedError, reasonOf } from "../../../lib/errors.ts";

export interface Caller {
  uid: number;
  gid: number;
}

/**
 * Who called sudo, where this process is root by it.
 * @param env SUDO_UID and SUDO_GID are read
 */
export function sudoCaller(
  env: Record<string, string | undefined>,
  uid: number | undefined,
): Caller | undefined {
  const [callerUid, callerGid] = [env["SUDO_UID"] ?? "", env["SUDO_GID"] ?? ""];
  if (uid !== 0 || !/^\d{1,10}$/.test(callerUid) || !/^\d{1,10}$/.test(callerGid)) return undefined;
  return callerUid === "0" ? undefined : { uid: Number(callerUid), gid: Number(callerGid) };
}

/** Becomes `caller` for good. @throws ExpectedError where that fails: going on as root is not what was meant */
export function dropRoot({ uid, gid }: Caller): void {
  try {
    process.setgroups?.([gid]);
    process.setgid?.(gid);
    process.setuid?.(uid);
  } catch (error) {
    throw new ExpectedError(`cannot give up root for user ${uid}: ${reasonOf(error)}.`, { cause: error });
  }
}
