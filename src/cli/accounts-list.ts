/** `pcs accounts list`: everybody, as CSV that a spreadsheet takes. */
import { formatCsv } from "../classroom/quiz/banks/csv-table.ts";
import type { Account } from "../classroom/accounts/account-store.ts";
import { command } from "./command.ts";
import { withAccounts } from "./open-accounts.ts";

const usage = `List all accounts of a classroom as CSV: name, role, group, state.

Usage: pcs accounts list [options]

Options:
  --data DIR   where the server keeps them (default ./pcs-data)

The state is empty, disabled, or code: the person has not yet come with the one-time code.
`;

export const accountsList = command({
  usage,
  args: { data: { type: "string", default: "pcs-data" } },
  async run({ data }) {
    const accounts = await withAccounts(data, false, ({ store }) => store.list());
    const rows = accounts.map((account) => [account.name, account.role, account.group, stateOf(account)]);
    process.stdout.write(formatCsv([["name", "role", "group", "state"], ...rows]).replaceAll("\r\n", "\n"));
    return 0;
  },
});

function stateOf({ isDisabled, isOneTime }: Account): string {
  return isDisabled ? "disabled" : isOneTime ? "code" : "";
}
