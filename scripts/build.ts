/**
 * Makes the executables.
 *
 *   scripts/build                            every target, into dist/
 *   scripts/build --single                   this machine's only, dist/pcs
 *   scripts/build --target linux-arm64       one target
 *   scripts/build --single --outfile /tmp/x  where it goes
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

const targets = ["linux-x64", "linux-arm64", "linux-x64-musl", "darwin-x64", "darwin-arm64", "windows-x64"];
const root = resolve(import.meta.dir, "..");

/** Files that are entry points of their own in the executable. */
const entrypoints = [
  "src/main.ts",
  "src/analyzer/capture/live/capture-worker.ts",
  "src/lib/password-worker.ts",
  "src/lib/hash-worker.ts",
  "src/store/sqlite/message-worker.ts",
  "src/store/sqlite/search-worker.ts",
];

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Builds beside the place and moves only the executable there, whole: the compiler leaves source maps around. */
function build(target: string | undefined, outfile: string): void {
  mkdirSync(dirname(outfile), { recursive: true });
  const folder = mkdtempSync(join(dirname(outfile), ".build-"));
  try {
    buildIn(folder, target, outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildIn(folder: string, target: string | undefined, outfile: string): void {
  const startedAt = performance.now();
  const run = Bun.spawnSync({
    cmd: [
      process.execPath,
      "build",
      "--compile",
      "--minify",
      "--sourcemap",
      "--bytecode",
      "--format=esm",
      // Each command a chunk of its own, so that `--version` loads none of them.
      "--splitting",
      "--no-compile-autoload-dotenv",
      "--no-compile-autoload-bunfig",
      ...(target === undefined ? [] : [`--target=bun-${target}`]),
      `--outfile=${join(folder, basename(outfile))}`,
      ...entrypoints,
    ],
    cwd: root,
    stdout: "pipe",
    stderr: "pipe",
  });
  if (run.exitCode !== 0) {
    say(run.stderr.toString());
    throw new Error(`build failed: ${outfile}`);
  }
  const made = readdirSync(folder).find((name) => !name.endsWith(".map"))!;
  renameSync(join(folder, made), join(dirname(outfile), made));
  say(`built ${outfile} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

function usage(problem: string): never {
  say(`scripts/build: ${problem}`);
  say(`usage: scripts/build [--single] [--target ${targets.join("|")}] [--outfile FILE]`);
  process.exit(2);
}

function readFlags() {
  try {
    return parseArgs({
      options: { single: { type: "boolean" }, target: { type: "string" }, outfile: { type: "string" } },
    }).values;
  } catch (error) {
    return usage((error as Error).message);
  }
}

const flags = readFlags();
if (flags.target !== undefined && !targets.includes(flags.target))
  usage(`there is no target ${flags.target}.`);
if (flags.outfile !== undefined && !flags.single && !flags.target)
  usage("--outfile needs --single or --target.");
if (flags.target) build(flags.target, resolve(flags.outfile ?? join(root, "dist", `pcs-${flags.target}`)));
else if (flags.single) build(undefined, resolve(flags.outfile ?? join(root, "dist", "pcs")));
else for (const target of targets) build(target, join(root, "dist", `pcs-${target}`));
