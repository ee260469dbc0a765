/** A browser for all tests of a file, and for each a classroom of its own with its page. */
import { afterAll, afterEach, beforeAll, beforeEach, test } from "bun:test";
import { chromium, TestBrowser } from "../../lib/browser.test-support.ts";
import { loadClassroomPage } from "./classroom-page.ts";
import { startTestClassroom, type TestClassroom } from "./page-client.test-support.ts";
import { TestPage } from "./page.test-support.ts";

type Options = Parameters<typeof startTestClassroom>[0];

export interface OpenedClassroom {
  here: TestClassroom;
  browser: TestBrowser;
  page: TestPage;
}

/**
 * Each classroom has a port of its own, so that a page keeps nothing from one test to the next.
 * @param timeoutMs for whatever is started and stopped
 * @param opened told before each test
 * @param options what the classroom is made of
 * @param closed called when the classroom is gone
 * @returns what a test is written with; without a browser it is skipped
 */
export function classroomPages(
  timeoutMs: number,
  opened: (each: OpenedClassroom) => void | Promise<void>,
  options: () => Options = () => ({}),
  closed: () => Promise<unknown> = () => Promise.resolve(),
): typeof test {
  if (chromium === undefined) return test.skip;
  let here: TestClassroom;
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await TestBrowser.open();
  }, timeoutMs);
  afterAll(() => browser[Symbol.asyncDispose]());
  beforeEach(async () => {
    browser.errors.length = 0;
    here = await startTestClassroom({ page: await loadClassroomPage(), ...options() });
    await opened({ here, browser, page: new TestPage(browser, `http://127.0.0.1:${here.web.port}/`) });
  }, timeoutMs);
  afterEach(async () => {
    // A page that is left open would complain that its server is gone.
    await browser.goTo("about:blank", "true");
    await here.stop();
    await closed();
  }, timeoutMs);
  return test;
}
