import { describe, expect, test } from "bun:test";
import { newAccount } from "./account-store.ts";
import { memoryAccounts } from "../../store/memory/memory-accounts.ts";
import { Accounts, type Reservation } from "./accounts.ts";
import { HashGate } from "./hash-gate.ts";

const accountsFor = () => {
  const store = memoryAccounts();
  return { store, accounts: new Accounts(store, new HashGate(2), () => 1_700_000_000_000) };
};

function reserve(accounts: Accounts, name: string): Reservation {
  const result = accounts.reserve(name);
  if (result.kind !== "reserved") throw new Error(result.kind);
  return result.reservation;
}

describe("a name", () => {
  test("is reserved for one, in any case and form, until it is released", () => {
    const { accounts } = accountsFor();
    const first = reserve(accounts, "Jose\u0301");
    expect(first.name).toBe("José");
    for (const name of ["José", "JOSÉ", "jose\u0301"])
      expect(accounts.reserve(name)).toEqual({ kind: "taken" });
    first.release();
    expect(reserve(accounts, "JOSÉ").name).toBe("JOSÉ");
  });

  test("that breaks a rule is refused with its reason, and nothing is reserved", () => {
    const { accounts } = accountsFor();
    expect(accounts.reserve("a/b")).toEqual({
      kind: "refused",
      reason: "A username cannot hold any of : , \" ' / \\",
    });
  });

  test("that is registered stays taken after its reservation", async () => {
    const { accounts } = accountsFor();
    const reservation = reserve(accounts, "ann");
    expect(await accounts.register(reservation, "pw")).toBeUndefined();
    reservation.release();
    expect(accounts.reserve("ANN")).toEqual({ kind: "taken" });
  });

  test("that was registered meanwhile is not replaced", async () => {
    const { accounts, store } = accountsFor();
    const reservation = reserve(accounts, "ann");
    store.add("ann", newAccount("Ann", "theirs"), 0);
    expect(await accounts.register(reservation, "pw")).toBe(
      "This username was registered by somebody else meanwhile.",
    );
    expect(store.find("ann")?.passwordHash).toBe("theirs");
  });
});

test("more names than may be kept are refused with a sentence, and counted", async () => {
  const accounts = new Accounts(memoryAccounts(), new HashGate(1), () => 0, 2);
  const ann = reserve(accounts, "ann");
  await accounts.register(ann, "pw");
  ann.release();
  const bob = reserve(accounts, "bob");
  expect(accounts.reserve("eve")).toMatchObject({ kind: "refused" });
  expect(accounts.reserve("ann")).toEqual({ kind: "taken" });
  bob.release();
  reserve(accounts, "eve");
  expect(accounts.refusedNames).toBe(1);
});

describe("a password", () => {
  for (const [what, password, fits] of [
    ["of no bytes", "", false],
    ["of one byte", "x", true],
    ["of 256 bytes", "é".repeat(128), true],
    ["of 257 bytes", `${"é".repeat(128)}x`, false],
  ] as const)
    test(`${what} ${fits ? "is one" : "is refused with a sentence"}`, async () => {
      const { accounts, store } = accountsFor();
      const problem = await accounts.register(reserve(accounts, "ann"), password);
      expect(problem).toBe(fits ? undefined : "A password has 1 to 256 bytes; please register again.");
      expect(store.find("ann") !== undefined).toBe(fits);
      expect(await accounts.logIn("ann", password)).toBe(fits ? "ann" : undefined);
    });

  test("is kept as nothing but its hash", async () => {
    const { accounts, store } = accountsFor();
    await accounts.register(reserve(accounts, "ann"), "secret");
    expect(JSON.stringify(store.find("ann"))).not.toContain("secret");
  });
});

test("logging in gives the name as it was registered, or nothing", async () => {
  const { accounts } = accountsFor();
  await accounts.register(reserve(accounts, "Ann"), "pw");
  expect(await accounts.logIn("aNN", "pw")).toBe("Ann");
  expect(await accounts.logIn("Ann", "PW")).toBeUndefined();
  expect(await accounts.logIn("nobody", "pw")).toBeUndefined();
});
