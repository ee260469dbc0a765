/** `pcs accounts reset`, `disable`, `enable` and `role`: one account changes. */
import { randomBytes } from "node:crypto";
import { HashGate } from "../classroom/accounts/hash-gate.ts";
import { nameKey } from "../classroom/accounts/person-name.ts";
import { makeCode } from "../classroom/accounts/teacher-codes.ts";
import { UsageError } from "../lib/errors.ts";
import { command, oneOf } from "./command.ts";
import { accountNamed, spareLastTeacher, withAccounts } from "./open-accounts.ts";

const options = `
Options:
  --data DIR   where the server keeps them (default ./pcs-data)
`;

const args = {
  name: { type: "positional", required: false },
  data: { type: "string", default: "pcs-data" },
} as const;

export const accountsReset = command({
  usage: `Make a new one-time code in place of a password. It is printed once; whoever logs in with it chooses a
password. The person's session ends.

Usage: pcs accounts reset NAME [options]
${options}`,
  args,
  async run({ name, data }) {
    const who = someName(name);
    const code = makeCode(randomBytes);
    const passwordHash = await new HashGate(1).hashCode(code);
    const changed = await withAccounts(data, false, (accounts) => {
      const account = accountNamed(accounts, who);
      const key = nameKey(account.name);
      accounts.store.update(key, { passwordHash, isOneTime: true });
      accounts.tokens.removeAll(key);
      accounts.audit.write({ by: "@accounts", did: "reset", whom: account.name });
      return account.name;
    });
    process.stdout.write(`The code of ${changed} is ${code}; it works once.\n`);
    return 0;
  },
});

export const accountsDisable = command({
  usage: `Let an account open nothing any more. Where its person is here, the session ends.

Usage: pcs accounts disable NAME [options]
${options}`,
  args,
  run: ({ name, data }) => setDisabled(data, someName(name), true),
});

export const accountsEnable = command({
  usage: `Let an account that was disabled open again.

Usage: pcs accounts enable NAME [options]
${options}`,
  args,
  run: ({ name, data }) => setDisabled(data, someName(name), false),
});

export const accountsRole = command({
  usage: `Make somebody a teacher, or a student again.

Usage: pcs accounts role NAME student|teacher [options]
${options}`,
  args: { ...args, role: { type: "positional", required: false } },
  async run({ name, role: typed, data }) {
    if (name === undefined || typed === undefined)
      throw new UsageError("say whose role it is, and which: student or teacher.");
    const role = oneOf(typed, ["student", "teacher"], "a role");
    return await withAccounts(data, false, (accounts) => {
      const account = accountNamed(accounts, name);
      if (account.role === role) return tell(`${account.name} is a ${role} already.`);
      if (role === "student") spareLastTeacher(accounts, account);
      accounts.store.update(nameKey(account.name), { role });
      accounts.audit.write({ by: "@accounts", did: `role ${role}`, whom: account.name });
      return tell(`${account.name} is a ${role} now.`);
    });
  },
});

async function setDisabled(data: string, name: string, isDisabled: boolean): Promise<number> {
  return await withAccounts(data, false, (accounts) => {
    const account = accountNamed(accounts, name);
    const state = isDisabled ? "disabled" : "enabled";
    if (account.isDisabled === isDisabled) return tell(`${account.name} is ${state} already.`);
    if (isDisabled) spareLastTeacher(accounts, account);
    const key = nameKey(account.name);
    accounts.store.update(key, { isDisabled });
    if (isDisabled) accounts.tokens.removeAll(key);
    accounts.audit.write({ by: "@accounts", did: isDisabled ? "disable" : "enable", whom: account.name });
    return tell(`${account.name} is ${state}.`);
  });
}

function someName(name: string | undefined): string {
  if (name === undefined) throw new UsageError("say whose account it is.");
  return name;
}

function tell(sentence: string): number {
  process.stdout.write(`${sentence}\n`);
  return 0;
}
