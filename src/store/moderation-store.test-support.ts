/** What every store of bans and codes promises, run over each of them. */
import { describe, expect, test } from "bun:test";
import type { ModerationStore } from "../classroom/accounts/moderation-store.ts";
import { maxTeacherCodes } from "../classroom/accounts/teacher-codes.ts";

/** @param open makes an empty store */
export function testModerationStore(what: string, open: () => ModerationStore): void {
  describe(`a store of bans and codes: ${what}`, () => {
    test("a ban is there until it is taken back, and a later one stands in its place", () => {
      const store = open();
      const ban = { name: "Bob", untilMs: 5_000, by: "ann", reason: "noise" };
      expect([store.ban("bob"), store.removeBan("bob"), store.bans()]).toEqual([undefined, false, []]);
      store.putBan("bob", ban);
      store.putBan("__proto__", { name: "__proto__", untilMs: undefined, by: "", reason: "" });
      expect([store.ban("bob"), store.ban("Bob"), store.ban("__proto__")?.untilMs]).toEqual([
        ban,
        undefined,
        undefined,
      ]);
      store.putBan("bob", { ...ban, untilMs: undefined });
      expect(store.bans().map(({ name, untilMs }) => [name, untilMs])).toEqual([
        ["__proto__", undefined],
        ["Bob", undefined],
      ]);
      expect([store.removeBan("bob"), store.ban("bob")]).toEqual([true, undefined]);
    });

    test("who is muted, and exam mode, each until it is taken back", () => {
      const store = open();
      expect([[...store.mutes()], store.isExam()]).toEqual([[], false]);
      store.setMuted("bob", "Bob", true);
      store.setMuted("bob", "Bob", true);
      store.setMuted("eve", "eve", true);
      store.setExam(true);
      store.setExam(true);
      expect([store.mutes().get("bob"), store.mutes().size, store.isExam()]).toEqual(["Bob", 2, true]);
      store.setMuted("bob", "Bob", false);
      store.setMuted("zoe", "zoe", false);
      store.setExam(false);
      expect([[...store.mutes().keys()], store.isExam()]).toEqual([["eve"], false]);
    });

    test("a code is used once, before it expires", () => {
      const store = open();
      store.addCode("h1", 100);
      store.addCode("h2", 100);
      expect(["h1", "h1", "h3"].map((hash) => store.useCode(hash, 99))).toEqual([
        "used-now",
        "used-before",
        "unknown",
      ]);
      expect(store.useCode("h2", 100)).toBe("expired");
      expect(store.useCode("h1", 200)).toBe("used-before");
    });

    test("of many codes the oldest are forgotten", () => {
      const store = open();
      for (let i = 0; i <= maxTeacherCodes; i++) store.addCode(`h${i}`, 100);
      expect([store.useCode("h0", 1), store.useCode("h1", 1)]).toEqual(["unknown", "used-now"]);
    });
  });
}
