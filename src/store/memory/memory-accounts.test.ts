import { testAccountStore } from "../account-store.test-support.ts";
import { memoryAccounts } from "./memory-accounts.ts";

testAccountStore("memory", memoryAccounts);
