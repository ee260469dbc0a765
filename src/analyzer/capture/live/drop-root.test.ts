/** That every thread gives root up is tested by src/e2e/live-capture.test.ts, in a process of its own. */
import { expect, test } from "bun:test";
import { sudoCaller } from "./drop-root.ts";

test.each([
  [{ SUDO_UID: "1000", SUDO_GID: "100" }, 0, { uid: 1000, gid: 100 }],
  [{ SUDO_UID: "1000", SUDO_GID: "100" }, 1000, undefined],
  [{ SUDO_UID: "1000", SUDO_GID: "100" }, undefined, undefined],
  [{ SUDO_UID: "0", SUDO_GID: "0" }, 0, undefined],
  [{ SUDO_UID: "1000" }, 0, undefined],
  [{ SUDO_UID: "-1", SUDO_GID: "x" }, 0, undefined],
  [{}, 0, undefined],
])("%p as user %p", (env, uid, caller) => {
  expect(sudoCaller(env, uid)).toEqual(caller);
});
