import { expect, test } from "bun:test";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { Presenter } from "./presenter.ts";

test("what is told is printed, and remembered", () => {
  const terminal = new FakeTerminal();
  const presenter = new Presenter(terminal, () => 0);
  presenter.tell({ kind: "frame", header: "msg", text: "Client bob: hi\n" });
  presenter.note("A word of our own.");
  expect(terminal.printed).toBe("=================\nClient bob: hi\nA word of our own.\n");
  expect(presenter.state.names).toEqual(["bob"]);
});

test("progress is drawn ten times a second, each file with its own clock", () => {
  let now = 1_000;
  const terminal = new FakeTerminal(true);
  const presenter = new Presenter(terminal, () => now);
  for (let i = 0; i <= 100; i++, now += 10) presenter.progress("upload", "a.txt", i * 1000, 100_000);
  expect(terminal.statuses.length).toBe(11);
  expect(terminal.statuses.at(-1)).toBe("a.txt  [####################] 100 %  100.0 kB/s");
  presenter.progressEnded("upload");
  presenter.progress("upload", "b.txt", 0, 10);
  expect(terminal.statuses.at(-1)).toBe("b.txt  [--------------------] 0 %");
});
