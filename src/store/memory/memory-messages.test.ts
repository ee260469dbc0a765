import { testMessageStore } from "../message-store.test-support.ts";
import { memoryMessages } from "./memory-messages.ts";

testMessageStore("in memory", memoryMessages);
