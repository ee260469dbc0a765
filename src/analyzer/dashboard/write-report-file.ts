/** Writes the page with all that it shows of a capture as one file. */
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { loadPageAssets } from "./page-assets.ts";
import { reportPage } from "./report-page.ts";

/** Whether a report can be written there, before any work is done for it. @throws ExpectedError where it cannot */
export function checkReportFile(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new ExpectedError("it is a folder");
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Writes the file, in the place of one of that name once all of it is there.
 * @param data JSON
 * @throws ExpectedError with one sentence where it cannot be written
 */
export async function writeReportFile(path: string, data: string): Promise<void> {
  const html = reportPage(await loadPageAssets(), data);
  const isPlain = statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
  // A capture shows other people's traffic.
  const mode = 0o600;
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    if (!isPlain) return writeFileSync(path, html, { mode });
    writeFileSync(part, html, { mode });
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): ExpectedError {
  return new ExpectedError(`cannot write ${path}: ${reasonOf(error)}.`, { cause: error });
}
