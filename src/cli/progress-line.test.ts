import { expect, jest, test } from "bun:test";
import { formatProgress, showProgress } from "./progress-line.ts";

test.each([
  [{ readBytes: 0, totalBytes: 0 }, 0, "0 packets, 0 packets/s · 100 % of 0.0 MB · 0.0 MB/s"],
  [
    { packets: 1_234_567, readBytes: 111e6, totalBytes: 446e6 },
    1000,
    "1,234,567 packets, 1,234,567 packets/s · 24 % of 446 MB · 4 s left · 111 MB/s",
  ],
  [
    { packets: 2, readBytes: 1e6, totalBytes: 1e9 },
    1000,
    "2 packets, 2 packets/s · 0 % of 1000 MB · 17 min left · 1.0 MB/s",
  ],
  // A file that has grown since, and standard input: nobody knows how long they become.
  [{ readBytes: 2e6, totalBytes: 1e6 }, 1000, "0 packets, 0 packets/s · 2.0 MB read · 2.0 MB/s"],
  [{ readBytes: 2e6 }, 1000, "0 packets, 0 packets/s · 2.0 MB read · 2.0 MB/s"],
  [{ packets: 5, dropped: 1000 }, 500, "5 packets, 10 packets/s · 1,000 dropped"],
])("%p after %p ms", (progress, elapsedMs, line) => {
  expect(formatProgress({ packets: 0, dropped: 0, ...progress }, elapsedMs)).toBe(line);
});

test("the line is written over itself, and cleared at the end", () => {
  jest.useFakeTimers();
  try {
    let now = 0;
    let written = "";
    const terminal = { write: (text: string) => (written += text) };
    const end = showProgress(
      terminal,
      () => now,
      () => ({ packets: 7, dropped: 0 }),
    );
    now = 500;
    jest.advanceTimersByTime(500);
    expect(written).toBe("\r\x1b[K7 packets, 14 packets/s");
    end();
    jest.advanceTimersByTime(5000);
    expect(written).toBe("\r\x1b[K7 packets, 14 packets/s\r\x1b[K");
  } finally {
    jest.useRealTimers();
  }
});
