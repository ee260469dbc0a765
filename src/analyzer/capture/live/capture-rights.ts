/** Whether this process may capture, found out by trying what a capture would do first. */
import { accessSync, constants, readdirSync } from "node:fs";
import { openLinuxLibc } from "./libc.ts";

/** @returns undefined where it shows only when an interface is opened */
export function mayCapture(platform: NodeJS.Platform): boolean | undefined {
  if (platform === "linux") {
    const libc = openLinuxLibc();
    if (libc === undefined) return undefined;
    // AF_PACKET, SOCK_RAW, and no protocol: it hears nothing.
    const fd = libc.socket(17, 3, 0);
    if (fd >= 0) libc.close(fd);
    return fd >= 0;
  }
  return platform === "darwin" ? mayOpenBpf() : undefined;
}

/** macOS captures through devices /dev/bpf0, /dev/bpf1 and so on. */
function mayOpenBpf(): boolean {
  return readdirSync("/dev").some((name) => {
    if (!/^bpf\d+$/.test(name)) return false;
    try {
      accessSync(`/dev/${name}`, constants.R_OK | constants.W_OK);
      return true;
    } catch {
      return false;
    }
  });
}
