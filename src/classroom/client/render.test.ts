import { expect, test } from "bun:test";
import { renderParagraph } from "./render.ts";
import { speakerColour } from "./speaker-colour.ts";

const speaker = { name: "kapil", start: 7, end: 12 };

test("without colour there is no control sequence", () => {
  expect(renderParagraph({ ruled: true, text: "Client kapil: hi", speaker }, false)).toBe(
    "=================\nClient kapil: hi",
  );
  expect(renderParagraph({ ruled: false, text: "x", speaker: undefined }, false)).toBe("x");
});

test("with colour the name alone has it", () => {
  expect(renderParagraph({ ruled: true, text: "Client kapil: hi", speaker }, true)).toBe(
    `\x1b[2m=================\x1b[0m\nClient \x1b[1;38;5;${speakerColour("kapil")}mkapil\x1b[0m: hi`,
  );
  const server = { name: "Server", start: 0, end: 6 };
  expect(renderParagraph({ ruled: false, text: "Server: hi", speaker: server }, true)).toBe(
    "\x1b[1mServer\x1b[0m: hi",
  );
});
