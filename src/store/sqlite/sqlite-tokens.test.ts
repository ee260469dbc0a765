import { join } from "node:path";
import { testTokenStore } from "../token-store.test-support.ts";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { openDatabase } from "./database.ts";
import { sqliteTokens } from "./sqlite-tokens.ts";

const makeFolder = temporaryFolders();

testTokenStore("SQLite", () => sqliteTokens(openDatabase(join(makeFolder(), "pcs.sqlite"))));
