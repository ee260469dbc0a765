import { beforeEach, expect, test } from "bun:test";
import { newAccount } from "./account-store.ts";
import { memoryAccounts } from "../../store/memory/memory-accounts.ts";
import { memoryTokens } from "../../store/memory/memory-tokens.ts";
import { maxTokensOfPerson, SessionTokens, tokenDays } from "./session-tokens.ts";

let tokens: SessionTokens;
let now: number;
let count: number;
beforeEach(() => {
  now = 1_764_000_000_000;
  count = 0;
  const accounts = memoryAccounts();
  accounts.add("ann", newAccount("Ann", ""), 0);
  tokens = new SessionTokens(
    memoryTokens(),
    accounts,
    () => now,
    (bytes) => new Uint8Array(bytes).fill(count++),
  );
});

test("a token opens again and again, for whom it was made", () => {
  const token = tokens.issue("ANN");
  expect(token).toMatch(/^[\w-]{43}$/);
  expect([tokens.redeem(token), tokens.redeem(token)]).toEqual(["Ann", "Ann"]);
  for (const other of ["", token.slice(1), `${token}x`, tokens.issue("nobody")])
    expect(tokens.redeem(other)).toBeUndefined();
});

test("one that was not used for long opens nothing any more, and each use makes it last", () => {
  const token = tokens.issue("ann");
  now += (tokenDays - 1) * 86_400_000;
  expect(tokens.redeem(token)).toBe("Ann");
  now += (tokenDays - 1) * 86_400_000;
  expect(tokens.redeem(token)).toBe("Ann");
  now += tokenDays * 86_400_000;
  expect(tokens.redeem(token)).toBeUndefined();
});

test("a person has so many and no more: the one not used for longest goes", () => {
  const all = Array.from({ length: maxTokensOfPerson }, () => (now++, tokens.issue("ann")));
  now++;
  expect(tokens.redeem(all[0]!)).toBe("Ann");
  now++;
  all.push(tokens.issue("ann"));
  expect(all.map((token) => tokens.redeem(token) === "Ann")).toEqual(all.map((_, i) => i !== 1));
});
