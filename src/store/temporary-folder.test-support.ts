/** A folder for one test, removed behind it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "bun:test";

const made: string[] = [];

/** Call at the top of a test file. @returns what makes a new folder */
export function temporaryFolders(): () => string {
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), "pcs-test-"));
    made.push(folder);
    return folder;
  };
}

/** The sentence of what was thrown, or its value where nothing was. */
export function sentenceOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : error;
  }
}
