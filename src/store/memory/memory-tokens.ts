/** Session tokens in memory, for tests. */
import type { TokenStore } from "../../classroom/accounts/token-store.ts";

export function memoryTokens(): TokenStore {
  const tokens = new Map<string, { key: string; usedMs: number }>();
  return {
    add(hash, key, atMs, most) {
      tokens.set(hash, { key, usedMs: atMs });
      const own = [...tokens].filter(([, token]) => token.key === key);
      own.sort(([, a], [, b]) => b.usedMs - a.usedMs);
      for (const [surplus] of own.slice(most)) tokens.delete(surplus);
    },
    use(hash, atMs, sinceMs) {
      const token = tokens.get(hash);
      if (token === undefined || token.usedMs <= sinceMs) return undefined;
      token.usedMs = atMs;
      return token.key;
    },
    removeAll(key) {
      for (const [hash, token] of tokens) if (token.key === key) tokens.delete(hash);
    },
  };
}
