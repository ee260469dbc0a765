/**
 * Runs everything that must hold: format, lint, types, dead code, the tests, and the tests of the built
 * executable. Each check counts as one test. The last line is "N passed, N failed".
 *
 *   scripts/test            everything
 *   scripts/test PATTERN    only the tests whose files match
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dir, "..");
const bun = process.execPath;
const patterns = process.argv.slice(2);

/** The checks that need no test runner, by name. */
const checks: [string, string[]][] = [
  ["format", [bun, "fmt", "--no-script", "--check"]],
  ["lint", [bun, "node_modules/oxlint/bin/oxlint", "--type-aware", "--deny-warnings"]],
  ["types of src", [bun, "check", "--no-script"]],
  ["types of public", [bun, "check", "--no-script", "-p", "public/tsconfig.json"]],
  ["dead code", [bun, "node_modules/knip/bin/knip.js"]],
];

let passed = 0;
let failed = 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function runCheck(name: string, cmd: string[]): void {
  const startedAt = performance.now();
  const run = Bun.spawnSync({ cmd, cwd: root, stdout: "pipe", stderr: "pipe" });
  const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  if (run.exitCode === 0) {
    passed++;
    say(`ok      ${name} (${took})`);
  } else {
    failed++;
    say(`FAILED  ${name} (${took})\n${run.stdout.toString()}${run.stderr.toString()}`);
  }
}

/** Runs the test files and reads the counts out of the report, so that a runner that dies counts as a failure. */
function runTests(): void {
  const folder = mkdtempSync(join(tmpdir(), "pcs-report-"));
  const report = join(folder, "report.xml");
  const run = Bun.spawnSync({
    cmd: [
      bun,
      "test",
      "--only-failures",
      "--timeout=30000",
      "--reporter=junit",
      `--reporter-outfile=${report}`,
      ...patterns,
    ],
    cwd: root,
    stdout: "inherit",
    stderr: "inherit",
  });
  let counted = 0;
  try {
    const head = /<testsuites [^>]*>/.exec(readFileSync(report, "utf8"))?.[0] ?? "";
    const count = (name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
    counted = count("tests") - count("skipped");
    failed += count("failures");
    passed += counted - count("failures");
    if (run.exitCode !== 0 && count("failures") === 0) failed++;
  } catch {
    say("FAILED  the test runner left no report");
    failed++;
  }
  if (counted === 0) {
    say("FAILED  no test was run");
    failed++;
  }
  rmSync(folder, { recursive: true, force: true });
}

if (patterns.length === 0) for (const [name, cmd] of checks) runCheck(name, cmd);
runTests();
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
