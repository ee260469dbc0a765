/**
 * The one entry point. `--version` is answered before anything else is loaded, so that scripts that probe for
 * pcs pay for nothing; every other command loads only its own file.
 */
import { version } from "../package.json";

const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-v")) {
  // `process.stdout` alone would take longer to make than everything else here.
  // oxlint-disable-next-line no-console
  console.log(version);
} else {
  const { runCommandLine } = await import("./cli/run.ts");
  process.exitCode = await runCommandLine(argv);
}
