/** Bans, mutes, exam mode and the codes that make teachers, in SQLite. */
import type { Database } from "bun:sqlite";
import type { Ban, ModerationStore } from "../../classroom/accounts/moderation-store.ts";
import { maxTeacherCodes } from "../../classroom/accounts/teacher-codes.ts";
import { keepOrTell } from "./keep-or-tell.ts";

interface Row {
  name: string;
  untilMs: number | null;
  by: string;
  reason: string;
}

const columns = `name, until_ms AS untilMs, by_name AS "by", reason`;

export function sqliteModeration(database: Database): ModerationStore {
  const find = database.query<Row, [string]>(`SELECT ${columns} FROM bans WHERE name_key = ?`);
  const list = database.query<Row, []>(`SELECT ${columns} FROM bans ORDER BY name_key`);
  const put = database.query<unknown, [string, string, number | null, string, string]>(
    "INSERT OR REPLACE INTO bans (name_key, name, until_ms, by_name, reason) VALUES (?, ?, ?, ?, ?)",
  );
  const remove = database.query<unknown, [string]>("DELETE FROM bans WHERE name_key = ?");
  const mutes = database.query<{ key: string; name: string }, []>("SELECT name_key AS key, name FROM mutes");
  const mute = database.query<unknown, [string, string]>(
    "INSERT OR REPLACE INTO mutes (name_key, name) VALUES (?, ?)",
  );
  const unmute = database.query<unknown, [string]>("DELETE FROM mutes WHERE name_key = ?");
  const exam = database.query<unknown, []>("SELECT 1 FROM switches WHERE name = 'exam'");
  const examOn = database.query<unknown, []>("INSERT OR IGNORE INTO switches (name) VALUES ('exam')");
  const examOff = database.query<unknown, []>("DELETE FROM switches WHERE name = 'exam'");
  const addCode = database.query<unknown, [string, number]>(
    "INSERT INTO teacher_codes (hash, expires_at_ms) VALUES (?, ?)",
  );
  const trimCodes = database.query<unknown, [number]>(
    "DELETE FROM teacher_codes WHERE rowid NOT IN (SELECT rowid FROM teacher_codes ORDER BY rowid DESC LIMIT ?)",
  );
  const useCode = database.query<unknown, [string, number]>(
    "UPDATE teacher_codes SET is_used = 1 WHERE hash = ? AND is_used = 0 AND expires_at_ms > ?",
  );
  const code = database.query<{ isUsed: number }, [string]>(
    "SELECT is_used AS isUsed FROM teacher_codes WHERE hash = ?",
  );
  return {
    ban(key) {
      const row = find.get(key);
      return row === null ? undefined : banOf(row);
    },
    putBan(key, { name, untilMs, by, reason }) {
      keepOrTell(`the ban of ${name}`, () => put.run(key, name, untilMs ?? null, by, reason));
    },
    removeBan: (key) => keepOrTell("the end of a ban", () => remove.run(key).changes === 1),
    bans: () => list.all().map(banOf),
    mutes: () => new Map(mutes.all().map(({ key, name }) => [key, name])),
    setMuted(key, name, isMuted) {
      keepOrTell("who is muted", () => (isMuted ? mute.run(key, name) : unmute.run(key)));
    },
    isExam: () => exam.get() !== null,
    setExam(isExam) {
      keepOrTell("exam mode", () => (isExam ? examOn.run() : examOff.run()));
    },
    addCode(hash, expiresAtMs) {
      keepOrTell("the code", () =>
        database.transaction(() => {
          addCode.run(hash, expiresAtMs);
          trimCodes.run(maxTeacherCodes);
        })(),
      );
    },
    useCode(hash, atMs) {
      if (keepOrTell("the code", () => useCode.run(hash, atMs).changes === 1)) return "used-now";
      const found = code.get(hash);
      if (found === null) return "unknown";
      return found.isUsed === 0 ? "expired" : "used-before";
    },
  };
}

function banOf({ untilMs, ...row }: Row): Ban {
  return { ...row, untilMs: untilMs ?? undefined };
}
