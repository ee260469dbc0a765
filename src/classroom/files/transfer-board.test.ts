import { expect, test } from "bun:test";
import { TransferBoard } from "./transfer-board.ts";

test("a row a file and person: how far, how fast, how long still; and one whose connection is lost", () => {
  let now = 1_000;
  const board = new TransferBoard(() => now);
  const push = board.begin({ file: "notes.pdf", from: undefined, to: "ann" });
  const upload = board.begin({ file: "home\u0007work.txt", from: "bob", to: undefined });
  const relay = board.begin({ file: "a.bin", from: "bob", to: "ann" });
  expect(board.lines()).toEqual([
    "notes.pdf to ann: waits",
    "home\uFFFDwork.txt from bob: waits",
    "a.bin from bob to ann: waits",
  ]);
  push.progress(0, 20_000_000);
  expect(board.lines()[0]).toBe("notes.pdf to ann: 0 % of 20.0 MB");
  now += 2_000;
  push.progress(5_000_000, 20_000_000);
  upload.end();
  relay.progress(1, 1);
  relay.wait();
  expect(board.lines()).toEqual([
    "notes.pdf to ann: 25 % of 20.0 MB, 2.5 MB/s, 6 s left",
    "a.bin from bob to ann: 100 %, waits for the connection",
  ]);
  push.wait();
  now += 60_000;
  push.goOn();
  push.progress(5_000_000, 20_000_000);
  now += 1_000;
  push.progress(15_000_000, 20_000_000);
  expect(board.lines()[0]).toBe("notes.pdf to ann: 75 % of 20.0 MB, 10.0 MB/s, 1 s left");
  push.end();
  relay.end();
  expect([board.size, board.lines()]).toEqual([0, []]);
});
