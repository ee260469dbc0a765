/** JSON (RFC 8259) whose values know where they stand, so that a wrong one can be told with its place. */
import { maxJsonDepth } from "./limits.ts";
import { shownText } from "./shown-text.ts";

export type LocatedJson = { readonly at: number } & (
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, LocatedJson> }
  | { readonly kind: "array"; readonly items: readonly LocatedJson[] }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
);

/** Told to whoever wrote the file. */
export class JsonFault extends Error {
  readonly at: number;

  constructor(at: number, sentence: string) {
    super(sentence);
    this.at = at;
  }
}

/** @throws JsonFault with a sentence and where in the text it belongs */
export function parseLocatedJson(text: string): LocatedJson {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const plainPattern = /[^"\\\u0000-\u001F]*/y;
const simpleEscapes: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): LocatedJson {
    this.#skipBlanks();
    const at = this.#at;
    if (depth > maxJsonDepth) throw new JsonFault(at, `this is nested more than ${maxJsonDepth} deep.`);
    switch (this.#text[at]) {
      case "{":
        return { at, kind: "object", members: this.#members(depth) };
      case "[":
        return { at, kind: "array", items: this.#items(depth) };
      case '"':
        return { at, kind: "string", value: this.#string() };
      case "t":
        return this.#word("true", { at, kind: "boolean", value: true });
      case "f":
        return this.#word("false", { at, kind: "boolean", value: false });
      case "n":
        return this.#word("null", { at, kind: "null" });
      default:
        return this.#number();
    }
  }

  end(): void {
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw new JsonFault(this.#at, "something follows the end of the JSON.");
  }

  #skipBlanks(): void {
    while (" \t\n\r".includes(this.#text[this.#at] ?? "x")) this.#at++;
  }

  #members(depth: number): Map<string, LocatedJson> {
    const members = new Map<string, LocatedJson>();
    this.#list("}", () => {
      const at = this.#at;
      if (this.#text[at] !== '"') throw new JsonFault(at, "a name in quotes must stand here.");
      const name = this.#string();
      if (members.has(name)) throw new JsonFault(at, `'${shownText(name)}' is there twice.`);
      this.#skipBlanks();
      if (this.#text[this.#at] !== ":") throw new JsonFault(this.#at, "a ':' must follow a name.");
      this.#at++;
      members.set(name, this.value(depth + 1));
    });
    return members;
  }

  #items(depth: number): LocatedJson[] {
    const items: LocatedJson[] = [];
    this.#list("]", () => items.push(this.value(depth + 1)));
    return items;
  }

  /** What stands between the brackets, parted by commas. */
  #list(close: string, readOne: () => void): void {
    this.#at++;
    this.#skipBlanks();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return;
    }
    for (;;) {
      this.#skipBlanks();
      readOne();
      this.#skipBlanks();
      const sign = this.#text[this.#at];
      if (sign !== "," && sign !== close)
        throw new JsonFault(this.#at, `a ',' or '${close}' must stand here.`);
      this.#at++;
      if (sign === close) return;
    }
  }

  #string(): string {
    const start = this.#at++;
    let value = "";
    for (;;) {
      plainPattern.lastIndex = this.#at;
      const plain = plainPattern.exec(this.#text)![0];
      value += plain;
      this.#at += plain.length;
      const sign = this.#text[this.#at];
      if (sign === undefined || (sign !== '"' && sign !== "\\"))
        throw new JsonFault(
          sign === undefined ? start : this.#at,
          "this text has no closing quote in its line.",
        );
      this.#at++;
      if (sign === '"') return value.toWellFormed();
      value += this.#escape();
    }
  }

  #escape(): string {
    const at = this.#at - 1;
    const sign = this.#text[this.#at++] ?? "";
    if (Object.hasOwn(simpleEscapes, sign)) return simpleEscapes[sign]!;
    const hex = this.#text.slice(this.#at, this.#at + 4);
    if (sign !== "u" || !/^[0-9a-fA-F]{4}$/.test(hex)) throw new JsonFault(at, "there is no such escape.");
    this.#at += 4;
    return String.fromCharCode(parseInt(hex, 16));
  }

  #number(): LocatedJson {
    const at = this.#at;
    numberPattern.lastIndex = at;
    const found = numberPattern.exec(this.#text)?.[0];
    if (found === undefined) throw new JsonFault(at, "a value must stand here.");
    this.#at += found.length;
    return { at, kind: "number", value: Number(found) };
  }

  #word(word: string, value: LocatedJson): LocatedJson {
    if (!this.#text.startsWith(word, this.#at)) throw new JsonFault(this.#at, "a value must stand here.");
    this.#at += word.length;
    return value;
  }
}
