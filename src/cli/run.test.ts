/** The command line from its words to its exit code; `serve.test.ts` has what needs a process of its own. */
import { afterEach, describe, expect, spyOn, test } from "bun:test";
import { version } from "../../package.json";
import { rootUsage, runCommandLine } from "./run.ts";
import { serve } from "./serve.ts";

interface Outcome {
  code: number;
  out: string;
  err: string;
}

const spies: { mockRestore(): void }[] = [];
afterEach(() => {
  for (const spy of spies.splice(0)) spy.mockRestore();
});

async function run(...argv: string[]): Promise<Outcome> {
  const outcome = { code: -1, out: "", err: "" };
  spies.push(
    spyOn(process.stdout, "write").mockImplementation((text) => {
      outcome.out += String(text);
      return true;
    }),
    spyOn(process.stderr, "write").mockImplementation((text) => {
      outcome.err += String(text);
      return true;
    }),
  );
  outcome.code = await runCommandLine(argv);
  for (const spy of spies.splice(0)) spy.mockRestore();
  return outcome;
}

const commands = ["serve", "join", "analyze", "interfaces", "quiz", "accounts"];

describe("help", () => {
  for (const argv of [["--help"], ["-h"], ["help"], ["help", "--help"]])
    test(`pcs ${argv.join(" ")}`, async () =>
      expect(await run(...argv)).toEqual({ code: 0, out: rootUsage, err: "" }));

  test("of pcs, word for word", () => expect(rootUsage).toMatchSnapshot());

  for (const name of commands) {
    test(`of ${name}, word for word, whichever way it is asked for`, async () => {
      const asked = await run(name, "--help");
      expect([asked.code, asked.err]).toEqual([0, ""]);
      expect(asked.out).toMatchSnapshot();
      for (const argv of [
        ["help", name],
        [name, "-h"],
        [name, "some", "--nonsense", "--help"],
      ])
        expect(await run(...argv)).toEqual(asked);
    });

    test(`of ${name} fits a terminal and names the command`, async () => {
      const { out } = await run(name, "--help");
      expect(out).toMatch(new RegExp(`^Usage: pcs ${name}\\b`, "m"));
      expect(out).toEndWith("\n");
      for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
      expect(rootUsage).toContain(`\n  ${name} `);
    });
  }
});

describe("wrong usage: a sentence, the usage, and exit code 2", () => {
  for (const [argv, sentence, usage] of [
    [[], "say which command to run.", rootUsage],
    [["nope"], "there is no command 'nope'.", rootUsage],
    [["help", "nope"], "there is no command 'nope'.", rootUsage],
    [["constructor"], "there is no command 'constructor'.", rootUsage],
    [["--nope"], "there is no command '--nope'.", rootUsage],
    [["serve", "--nope"], "there is no option --nope.", serve.usage],
    [["serve", "--port"], "--port needs a value.", serve.usage],
    [["serve", "--port", "x"], "the port must be a port from 0 to 65535, and 'x' is none.", serve.usage],
    [["serve", "x"], "the port must be a port from 0 to 65535, and 'x' is none.", serve.usage],
    [["serve", "1", "::", "y"], "'y' is one word too many.", serve.usage],
    [["serve", "--web", "x"], "--web must be a port from 0 to 65535, and 'x' is none.", serve.usage],
    [["serve", "--limits", "x"], "--limits must be default or off, and 'x' is neither.", serve.usage],
    [
      ["serve", "--registration", "x"],
      "--registration must be open or roster, and 'x' is neither.",
      serve.usage,
    ],
  ] as const)
    test(`pcs ${argv.join(" ")}`, async () =>
      expect(await run(...argv)).toEqual({ code: 2, out: "", err: `pcs: ${sentence}\n\n${usage}` }));
});

describe("a fault: one sentence and exit code 1", () => {
  for (const [argv, sentence] of [
    [["serve", "--data", "/dev/null/x"], "the data folder /dev/null/x cannot be written: "],
    [["analyze", "--read", "/nowhere/x.pcap"], "cannot read /nowhere/x.pcap: "],
  ] as const)
    test(`pcs ${argv.join(" ")}`, async () => {
      const { code, out, err } = await run(...argv);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toStartWith(`pcs: ${sentence}`);
      expect(err).toMatch(/^[^\n]+\.\n$/);
    });
});

describe("a bug", () => {
  test("is one sentence without its stack", async () => {
    const broken = spyOn(serve, "run").mockRejectedValue(new TypeError("x is not a function\nand more"));
    const { code, err } = await run("serve");
    broken.mockRestore();
    expect([code, err]).toEqual([1, "pcs: a fault inside pcs: x is not a function\n"]);
  });
});

test("--version is the package's, and needs nothing else", async () => {
  const main = Bun.spawnSync([process.execPath, "src/main.ts", "--version"], {
    cwd: `${import.meta.dir}/../..`,
  });
  expect([main.exitCode, main.stdout.toString(), main.stderr.toString()]).toEqual([0, `${version}\n`, ""]);
});
