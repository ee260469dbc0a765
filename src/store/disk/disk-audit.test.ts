import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { diskAudit, maxAuditBytes, maxOldAudits } from "./disk-audit.ts";

const makeFolder = temporaryFolders();
const clock = () => Date.UTC(2026, 10, 30, 9, 12, 44, 120);

test("one object a line, of whatever names, added to what is there", () => {
  const path = join(makeFolder(), "audit.log");
  for (const by of ["", "<b>ann</b>"])
    diskAudit(path, () => {}, clock).write({ by, did: "mute", whom: 'b\n"ob', what: undefined });
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: "2026-11-30T09:12:44.120Z", by: "@console", did: "mute", whom: 'b\n"ob' },
    { at: "2026-11-30T09:12:44.120Z", by: "<b>ann</b>", did: "mute", whom: 'b\n"ob' },
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("is bounded: the oldest goes", () => {
  const path = join(makeFolder(), "audit.log");
  const audit = diskAudit(path, () => {}, clock);
  const perFile = 4;
  const what = "x".repeat(maxAuditBytes / perFile - 200);
  for (let i = 0; i < perFile * (maxOldAudits + 3); i++) audit.write({ by: "", did: `d${i}`, what });
  expect(statSync(path).size).toBeLessThanOrEqual(maxAuditBytes);
  expect([maxOldAudits, maxOldAudits + 1].map((i) => existsSync(`${path}.${i}`))).toEqual([true, false]);
  expect(readFileSync(path, "utf8")).toContain(`"d${perFile * (maxOldAudits + 3) - 1}"`);
});

test("what cannot be written is told once, and throws nothing", () => {
  const path = join(makeFolder(), "audit.log");
  mkdirSync(path);
  const told: string[] = [];
  const audit = diskAudit(path, (sentence) => told.push(sentence), clock);
  audit.write({ by: "", did: "x" });
  audit.write({ by: "", did: "y" });
  expect(told).toEqual([`The audit log ${path} cannot be written: it is a folder.`]);
});
