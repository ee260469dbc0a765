/** Bans, mutes, exam mode and the codes that make teachers, in memory, for tests. */
import type { Ban, ModerationStore } from "../../classroom/accounts/moderation-store.ts";
import { maxTeacherCodes } from "../../classroom/accounts/teacher-codes.ts";

export function memoryModeration(): ModerationStore {
  const bans = new Map<string, Ban>();
  const mutes = new Map<string, string>();
  let isExam = false;
  const codes = new Map<string, { expiresAtMs: number; isUsed: boolean }>();
  return {
    ban: (key) => bans.get(key),
    putBan: (key, ban) => void bans.set(key, ban),
    removeBan: (key) => bans.delete(key),
    bans: () => [...bans].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, ban]) => ban),
    mutes: () => new Map(mutes),
    setMuted(key, name, isMuted) {
      if (isMuted) mutes.set(key, name);
      else mutes.delete(key);
    },
    isExam: () => isExam,
    setExam: (isOn) => void (isExam = isOn),
    addCode(hash, expiresAtMs) {
      codes.set(hash, { expiresAtMs, isUsed: false });
      for (const oldest of [...codes.keys()].slice(0, -maxTeacherCodes)) codes.delete(oldest);
    },
    useCode(hash, atMs) {
      const code = codes.get(hash);
      if (code === undefined) return "unknown";
      if (code.isUsed) return "used-before";
      if (code.expiresAtMs <= atMs) return "expired";
      code.isUsed = true;
      return "used-now";
    },
  };
}
