import { expect, test } from "bun:test";
import { keepingText } from "./keeping-text.ts";

test.each([
  [undefined, undefined],
  [{}, "Messages are kept for good."],
  [{ days: 1 }, "Messages are kept for a day."],
  [{ days: 90 }, "Messages are kept for 90 days."],
  [{ bytes: 1 << 30 }, "Of all messages the newest 1 GiB are kept."],
  [{ days: 7, bytes: 1_600_000 }, "Messages are kept for 7 days, but no more than the newest 1.5 MiB."],
])("%p", (kept, sentence) => {
  expect(keepingText(kept)).toBe(sentence);
});
