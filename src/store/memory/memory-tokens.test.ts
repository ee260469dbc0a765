import { testTokenStore } from "../token-store.test-support.ts";
import { memoryTokens } from "./memory-tokens.ts";

testTokenStore("in memory", memoryTokens);
