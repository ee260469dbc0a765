/** Start time: `pcs --version` against an empty program compiled the same way. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildExecutable, median, say } from "./peers.ts";

const runs = 100;

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pcs-bench-"));
  const executable = buildExecutable();
  const empty = join(folder, "empty");
  writeFileSync(join(folder, "empty.ts"), "");
  const flags = ["--compile", "--minify", "--sourcemap", "--bytecode", "--format=esm", "--splitting"];
  const autoload = ["--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"];
  Bun.spawnSync({
    cmd: [process.execPath, "build", ...flags, ...autoload, `--outfile=${empty}`, join(folder, "empty.ts")],
    cwd: folder,
    stdout: "ignore",
    stderr: "ignore",
  });
  const times = { pcs: [] as number[], empty: [] as number[] };
  for (let i = -5; i < runs; i++) {
    const own = time([executable, "--version"]);
    const other = time([empty]);
    if (i < 0) continue;
    times.pcs.push(own);
    times.empty.push(other);
  }
  rmSync(folder, { recursive: true, force: true });
  const [own, other] = [median(times.pcs), median(times.empty)];
  say(`pcs --version      ${own.toFixed(1)} ms (median of ${runs})`);
  say(`an empty program   ${other.toFixed(1)} ms`);
  say(`ratio              ${(own / other).toFixed(2)}`);
}

function time(cmd: string[]): number {
  const startedAt = performance.now();
  Bun.spawnSync({ cmd, stdout: "ignore", stderr: "ignore" });
  return performance.now() - startedAt;
}
