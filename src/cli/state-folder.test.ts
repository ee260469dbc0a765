import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { homeOf, stateFolder, stateSurroundings } from "./state-folder.ts";

test.each<[string | undefined, Record<string, string>, NodeJS.Platform, string]>([
  [undefined, {}, "linux", "/home/ann/.local/state/pcs"],
  [undefined, { XDG_STATE_HOME: "/var/state" }, "linux", "/var/state/pcs"],
  [undefined, { XDG_STATE_HOME: "state" }, "linux", "/home/ann/.local/state/pcs"],
  [undefined, { XDG_STATE_HOME: "" }, "darwin", "/home/ann/.local/state/pcs"],
  [undefined, { LOCALAPPDATA: "/local" }, "win32", "/local/pcs"],
  ["here", { XDG_STATE_HOME: "/var/state" }, "linux", resolve("here")],
])("--state %p with %p on %s: %s", (given, env, platform, folder) => {
  expect(stateFolder(given, { env, platform, home: "/home/ann" })).toBe(folder);
});

test("this user has a home", () => {
  expect(stateSurroundings().home).toMatch(/./);
});

test("a home by its user's number", () => {
  const passwd = "root:x:0:0:root:/root:/bin/bash\n\nann:x:1000:1000:Ann, a person:/home/ann:/bin/sh\n";
  expect([homeOf(0, passwd), homeOf(1000, passwd), homeOf(100, passwd)]).toEqual([
    "/root",
    "/home/ann",
    undefined,
  ]);
});
