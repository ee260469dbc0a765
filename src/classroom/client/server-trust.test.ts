import { expect, test } from "bun:test";
import { sentenceOf } from "../../store/temporary-folder.test-support.ts";
import { trustServer } from "./server-trust.ts";

const [code, other] = ["AAAA-BBBB-CCCC-DDDD", "EEEE-FFFF-GGGG-HHHH"];
const known = {
  place: "/home/known",
  find: (server: string) => (server === "a:1" ? code : undefined),
  remember: () => undefined,
};

test("a server is new, known, as it was asked for, or refused loudly", () => {
  expect(trustServer("b:1", code, undefined, known)).toBe("first");
  expect(trustServer("a:1", code, undefined, known)).toBe("known");
  expect(trustServer("a:1", other, other, known)).toBe("asked-for");
  expect(sentenceOf(() => trustServer("a:1", other, undefined, known))).toStartWith(
    `ExpectedError: THE SERVER AT a:1 IS NOT THE ONE IT WAS: its code is ${other}, and it was ${code}. `,
  );
  expect(sentenceOf(() => trustServer("b:1", other, code, known))).toBe(
    `ExpectedError: the server at b:1 has the code ${other}, and not ${code}.`,
  );
});
