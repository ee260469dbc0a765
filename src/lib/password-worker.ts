/** A thread that hashes passwords, and lets everybody else go first who wants the processor. */
import { readlinkSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { basename } from "node:path";
import { answerRequests } from "./request-thread.ts";

/** The algorithm and what it costs. */
export type HashSetting = Bun.Password.Argon2Algorithm;

export type PasswordRequest =
  | { kind: "hash"; password: string; setting: HashSetting }
  | { kind: "verify"; password: string; hash: string };

/** The hash, or whether they belong together. */
export type PasswordAnswer = string | boolean;

/** By so much more than the process's, as `nice` has it: what a class does must not wait because another class logs in. */
const niceness = 10;

if (process.platform === "linux") goBehindOthers();

answerRequests((request: PasswordRequest): PasswordAnswer =>
  request.kind === "hash"
    ? Bun.password.hashSync(request.password, request.setting)
    : Bun.password.verifySync(request.password, request.hash),
);

/** On Linux each thread has a priority of its own, by its number; elsewhere that would be the process's. */
function goBehindOthers(): void {
  try {
    const thread = Number(basename(readlinkSync("/proc/thread-self")));
    setPriority(thread, Math.min(19, getPriority(thread) + niceness));
  } catch {
    // Without /proc it goes beside the others.
  }
}
