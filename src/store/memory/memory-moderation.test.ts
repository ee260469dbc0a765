import { testModerationStore } from "../moderation-store.test-support.ts";
import { memoryModeration } from "./memory-moderation.ts";

testModerationStore("memory", memoryModeration);
