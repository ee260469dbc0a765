/** `pcs accounts`: the people of a classroom, also while its server runs. */
import { commandGroup } from "./command.ts";

const usage = `Look after the accounts of a classroom, also while its server runs.

Usage: pcs accounts list                      all accounts, as CSV
       pcs accounts import FILE               make those of a roster: name[,password][,role][,group]
       pcs accounts reset NAME                a new one-time code in place of the password
       pcs accounts disable NAME              it opens nothing, and its session ends
       pcs accounts enable NAME               it opens again
       pcs accounts role NAME ROLE            student or teacher

Each takes --data DIR (default ./pcs-data).
  pcs accounts import --help, and so on, tells more
`;

export const accounts = commandGroup(usage, {
  list: async () => (await import("./accounts-list.ts")).accountsList,
  import: async () => (await import("./accounts-import.ts")).accountsImport,
  reset: async () => (await import("./accounts-change.ts")).accountsReset,
  disable: async () => (await import("./accounts-change.ts")).accountsDisable,
  enable: async () => (await import("./accounts-change.ts")).accountsEnable,
  role: async () => (await import("./accounts-change.ts")).accountsRole,
});
