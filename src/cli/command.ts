/**
 * What a command is to the command line: its usage as it is printed, its words as citty parses them, and what
 * it does. citty ignores flags it does not know and words left over; a typing error must not be ignored, so
 * the words are checked here first.
 */
import type { ArgsDef, ParsedArgs } from "citty";
import { UsageError } from "../lib/errors.ts";

export interface Command {
  /** The exact help text, ending in a newline. */
  usage: string;
  args: ArgsDef;
  /** Flags with a value that may also be refused: `web` stands for `--no-web`, and gives `false`. */
  negatable?: readonly string[];
  /** Any number of words may follow; they are in `args._`. */
  takesMany?: boolean;
  /** The next word names one of these, which then does the work; only its own file is loaded. */
  subcommands?: Readonly<Record<string, () => Promise<Command>>>;
  /** Runs to the end and resolves to the exit code. */
  run(args: ParsedArgs): Promise<number>;
}

/** Gives a command's `run` the types of its `args`. */
export function command<const T extends ArgsDef>(definition: {
  usage: string;
  args: T;
  negatable?: readonly string[];
  takesMany?: boolean;
  run(args: ParsedArgs<T>): Promise<number>;
}): Command {
  return definition as unknown as Command;
}

/**
 * Refuses flags that the command does not know, flags that lack their value, and words left over.
 * @throws UsageError with one sentence
 */
export function checkWords(
  words: string[],
  definition: ArgsDef,
  negatable: readonly string[] = [],
  takesMany = false,
): void {
  const room = takesMany
    ? Infinity
    : Object.values(definition).filter((arg) => arg.type === "positional").length;
  let positionals = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--") {
      positionals += words.length - i - 1;
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      positionals++;
      if (positionals > room) throw new UsageError(`'${word}' is one word too many.`);
      continue;
    }
    const [flag, value] = splitFlag(word);
    const name = flag.slice(2);
    const kind = Object.hasOwn(definition, name) ? definition[name]?.type : undefined;
    if (name.startsWith("no-") && negatable.includes(name.slice(3))) {
      if (value !== undefined) throw new UsageError(`${flag} takes no value.`);
    } else if (!flag.startsWith("--") || kind === undefined || kind === "positional") {
      throw new UsageError(`there is no option ${flag}.`);
    } else if (kind === "boolean") {
      if (value !== undefined) throw new UsageError(`${flag} takes no value.`);
    } else if (value === undefined) {
      i++;
      const next = words[i];
      if (next === undefined || (next.startsWith("-") && next !== "-"))
        throw new UsageError(`${flag} needs a value.`);
    } else if (value === "") throw new UsageError(`${flag} needs a value.`);
  }
  if (positionals > room) throw new UsageError("there are too many words.");
}

/**
 * A command that is only a name for others: `pcs quiz check`.
 * @param usage tells them all
 */
export function commandGroup(
  usage: string,
  subcommands: Readonly<Record<string, () => Promise<Command>>>,
): Command {
  return {
    usage,
    args: {},
    subcommands,
    run: () => Promise.reject(new UsageError(`say which of them: ${Object.keys(subcommands).join(", ")}.`)),
  };
}

/**
 * A TCP port out of a flag.
 * @param what names the flag in the error
 * @throws UsageError unless it is a whole number from 0 to 65535 (0 lets the system choose)
 */
export function portOf(text: string, what: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UsageError(`${what} must be a port from 0 to 65535, and '${text}' is none.`);
  return Number(text);
}

/** Refuses a value outside a closed list. */
export function oneOf<const T extends string>(text: string, choices: readonly T[], what: string): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined)
    throw new UsageError(`${what} must be ${choices.join(" or ")}, and '${text}' is neither.`);
  return found;
}

function splitFlag(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}
