import { statSync, writeFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "bun:test";
import { sentenceOf, temporaryFolders } from "../temporary-folder.test-support.ts";
import { openServerIdentity } from "./server-identity.ts";

const makeFolder = temporaryFolders();

test("is made once, and is the same from then on; the key is for its owner alone", () => {
  const folder = join(makeFolder(), "tls");
  const made = openServerIdentity(folder);
  expect(made.code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
  expect(openServerIdentity(folder)).toEqual(made);
  expect(openServerIdentity(join(makeFolder(), "tls")).code).not.toBe(made.code);
  if (process.platform === "win32") return;
  expect(statSync(join(folder, "key.pem")).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("one that is damaged is told and left as it is", () => {
  const folder = join(makeFolder(), "tls");
  openServerIdentity(folder);
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const other = join(makeFolder(), "tls");
  openServerIdentity(other);
  const whole = readFileSync(key, "utf8");
  for (const damaged of ["", "no key", whole.slice(0, 100), readFileSync(join(other, "key.pem"), "utf8")]) {
    writeFileSync(key, damaged);
    expect(sentenceOf(() => openServerIdentity(folder))).toMatch(
      /^ExpectedError: the identity of this server in .* cannot be used: .*\. Put it back from a copy, or/,
    );
    expect(readFileSync(key, "utf8")).toBe(damaged);
  }
  writeFileSync(key, whole);
  rmSync(certificate);
  expect(sentenceOf(() => openServerIdentity(folder))).toContain("there is no such file or folder");
});
