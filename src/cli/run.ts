/**
 * From the command line to a command: finds the command, checks its words, runs it, and turns whatever is
 * thrown into one sentence and an exit code (0 done, 1 a fault, 2 wrong usage, 130 interrupted).
 */
import { parseArgs } from "citty";
import { UsageError, ExpectedError } from "../lib/errors.ts";
import { checkWords, type Command } from "./command.ts";

const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import("./serve.ts")).serve,
  join: async () => (await import("./join.ts")).join,
  analyze: async () => (await import("./analyze.ts")).analyze,
  interfaces: async () => (await import("./interfaces.ts")).interfaces,
  quiz: async () => (await import("./quiz.ts")).quiz,
  accounts: async () => (await import("./accounts.ts")).accounts,
};

export const rootUsage = `pcs: chat, files and quizzes for a class, and a true view of its network.

Usage: pcs <command> [options]

Commands:
  serve       run the classroom server
  join        join a classroom from this terminal
  analyze     report on network traffic, live or out of a capture, and show it on a dashboard
  interfaces  what can be captured here, and what is missing where it cannot
  quiz        check and convert questions, and report on answers
  accounts    list and change the accounts of a classroom, and import a roster

  pcs <command> --help    what a command takes
  pcs --version           the version of pcs
`;

/**
 * Runs one command line (without the program's name) to its end.
 * @returns the exit code; everything a person needs to know has been printed
 */
export async function runCommandLine(argv: string[]): Promise<number> {
  const isHelp = argv[0] === "help";
  const [name, ...rest] = isHelp ? argv.slice(1) : argv;
  let words = rest;
  if (name === "--help" || name === "-h" || (isHelp && name === undefined)) return print(rootUsage);
  const load = commandNamed(name, commands);
  if (load === undefined) {
    const problem = name === undefined ? "say which command to run." : `there is no command '${name}'.`;
    return complain(problem, rootUsage);
  }
  let usage = rootUsage;
  try {
    let command = await load();
    usage = command.usage;
    const wantsHelp = isHelp || words.includes("--help") || words.includes("-h");
    const loadNext = commandNamed(words[0], command.subcommands ?? {});
    if (loadNext !== undefined) {
      command = await loadNext();
      usage = command.usage;
      words = words.slice(1);
    } else if (command.subcommands !== undefined && words[0] !== undefined && !wantsHelp)
      throw new UsageError(`pcs ${name} has no '${words[0]}'.`);
    if (wantsHelp) return print(usage);
    checkWords(words, command.args, command.negatable, command.takesMany);
    return await command.run(parseArgs(words, command.args));
  } catch (error) {
    if (error instanceof UsageError) return complain(error.message, usage);
    // The parser's own complaints (a value outside an enum, a missing word) are wrong usage too.
    if (error instanceof Error && error.name === "CLIError") return complain(error.message, usage);
    if (error instanceof ExpectedError) return complain(error.message);
    return reportBug(error);
  }
}

function commandNamed(
  name: string | undefined,
  among: Readonly<Record<string, () => Promise<Command>>>,
): (() => Promise<Command>) | undefined {
  return name !== undefined && Object.hasOwn(among, name) ? among[name] : undefined;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(sentence: string, usage?: string): number {
  process.stderr.write(`pcs: ${sentence}\n${usage === undefined ? "" : `\n${usage}`}`);
  return usage === undefined ? 1 : 2;
}

function reportBug(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`pcs: a fault inside pcs: ${message.split("\n", 1)[0]}\n`);
  if (process.env["PCS_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return 1;
}
