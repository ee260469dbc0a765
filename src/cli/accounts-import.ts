/** `pcs accounts import`: a roster becomes accounts, all of it or nothing. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Account } from "../classroom/accounts/account-store.ts";
import { HashGate } from "../classroom/accounts/hash-gate.ts";
import { nameKey } from "../classroom/accounts/person-name.ts";
import { makeCode } from "../classroom/accounts/teacher-codes.ts";
import { formatFinding } from "../classroom/quiz/banks/bank.ts";
import { maxBankBytes } from "../classroom/quiz/banks/limits.ts";
import { formatCsv } from "../classroom/quiz/banks/csv-table.ts";
import { counted } from "../lib/counted.ts";
import { ExpectedError, reasonOf, UsageError } from "../lib/errors.ts";
import { showable } from "../lib/showable.ts";
import { command } from "./command.ts";
import { maxFindingsTold } from "./limits.ts";
import { withAccounts } from "./open-accounts.ts";
import { parseRoster, type RosterRow } from "./parse-roster.ts";
import { readInput } from "./read-input.ts";
import { writeNewFile } from "./write-new-file.ts";

const usage = `Make the accounts of a roster. Who is there already stays as he is.

Usage: pcs accounts import FILE [options]

  FILE              CSV with a header row: name[,password][,role][,group]; - is standard input

Options:
  --data DIR        where the server keeps them (default ./pcs-data)
  --codes FILE      write the one-time codes into this new file, and not on standard output
  --allow-teachers  rows may have the role teacher

Who has no password gets a one-time code: the first login with it chooses a password. It is told only here.
With pcs serve --registration roster nobody else can come in.
`;

export const accountsImport = command({
  usage,
  args: {
    file: { type: "positional", required: false },
    data: { type: "string", default: "pcs-data" },
    codes: { type: "string" },
    "allow-teachers": { type: "boolean" },
  },
  async run({ file, data, codes: codesFile, "allow-teachers": mayHaveTeachers }) {
    if (file === undefined) throw new UsageError("say which roster to import.");
    if (codesFile !== undefined && existsSync(codesFile))
      throw new ExpectedError(`${codesFile} is there already; no account was made.`);
    const { rows, errors, warnings } = parseRoster(
      await readInput(file, maxBankBytes),
      mayHaveTeachers === true,
    );
    tell(warnings.slice(0, maxFindingsTold).map((finding) => `warning: ${formatFinding(file, finding)}`));
    tell(errors.slice(0, maxFindingsTold).map((finding) => formatFinding(file, finding)));
    if (errors.length > maxFindingsTold)
      tell([`${file}: ${counted(errors.length - maxFindingsTold, "more finding")}.`]);
    if (errors.length > 0) throw new ExpectedError("no account was made.");
    const { added, codes } = await makeAccounts(data, rows);
    const names = new Set(added.map(({ name }) => nameKey(name)));
    const there = rows.filter(({ name }) => !names.has(nameKey(name))).map(({ name }) => name);
    tell([`${counted(added.length, "account")} made.`, ...sentenceAbout(there)]);
    if (codes.length === 0) return 0;
    const text = formatCsv([["name", "code"], ...codes]).replaceAll("\r\n", "\n");
    if (codesFile === undefined) process.stdout.write(text);
    else await keepCodes(codesFile, text);
    return 0;
  },
});

function tell(lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${showable(line)}\n`).join(""));
}

async function makeAccounts(
  data: string,
  rows: readonly RosterRow[],
): Promise<{ added: Account[]; codes: [name: string, code: string][] }> {
  return await withAccounts(data, true, async ({ store, audit }) => {
    const missing = rows.filter(({ name }) => store.find(nameKey(name)) === undefined);
    const gate = new HashGate(availableParallelism());
    const codes = new Map<string, string>();
    const accounts = await Promise.all(
      missing.map(async ({ name, password, role, group }): Promise<Account> => {
        const code = password === undefined ? makeCode(randomBytes) : undefined;
        if (code !== undefined) codes.set(name, code);
        const passwordHash = await (code === undefined ? gate.hash(password!) : gate.hashCode(code));
        return { name, passwordHash, role, group, isDisabled: false, isOneTime: code !== undefined };
      }),
    );
    // Somebody may have registered meanwhile.
    const added = store.addAll(accounts, Date.now());
    for (const { name, role } of added)
      audit.write({ by: "@accounts", did: "import", whom: name, what: role });
    return { added, codes: added.flatMap(({ name }) => codesOf(name, codes)) };
  });
}

function codesOf(name: string, codes: ReadonlyMap<string, string>): [name: string, code: string][] {
  const code = codes.get(name);
  return code === undefined ? [] : [[name, code]];
}

function sentenceAbout(there: readonly string[]): string[] {
  if (there.length === 0) return [];
  const shown = there.slice(0, maxFindingsTold).join(", ");
  const more = there.length > maxFindingsTold ? ` and ${there.length - maxFindingsTold} more` : "";
  const verb =
    there.length === 1 ? "was there already and stays as it is" : "were there already and stay as they are";
  return [`${counted(there.length, "account")} ${verb}: ${shown}${more}.`];
}

/** The accounts are made by now: codes that cannot be written must not be lost. */
async function keepCodes(path: string, text: string): Promise<void> {
  try {
    await writeNewFile(path, text, false, 0o600);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    process.stdout.write(text);
    throw new ExpectedError(`the codes are above, for ${path} could not be written: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
