/** Objects of a JSON file as they are read: members are asked for by name and type, and a wrong one is told. */
import { JsonFault, type LocatedJson } from "./located-json.ts";
import { trimText } from "./plain-text.ts";
import { roundWeight } from "./question.ts";

/** An object of the file, whose members are asked for by name and type. */
export class JsonNode {
  readonly #json: LocatedJson;
  readonly #what: string;

  constructor(json: LocatedJson, what: string) {
    this.#json = json;
    this.#what = what;
    if (json.kind !== "object") throw new JsonFault(json.at, `${what} must be an object.`);
  }

  get at(): number {
    return this.#json.at;
  }

  member(name: string): LocatedJson | undefined {
    return this.#json.kind === "object" ? this.#json.members.get(name) : undefined;
  }

  /** Trimmed; empty where it is not there. */
  text(name: string): string {
    const value = this.member(name);
    if (value === undefined) return "";
    if (value.kind !== "string") throw new JsonFault(value.at, `'${name}' of ${this.#what} must be text.`);
    if (value.value.includes("\0")) throw new JsonFault(value.at, "there is a NUL, so this is no text.");
    return trimText(value.value.replaceAll(/\r\n?/g, "\n"));
  }

  /** A text that must be there. */
  needed(name: string): string {
    const text = this.text(name);
    if (text === "") throw new JsonFault(this.at, `${this.#what} needs '${name}'.`);
    return text;
  }

  boolean(name: string): boolean {
    const value = this.member(name);
    if (value?.kind !== "boolean")
      throw new JsonFault(value?.at ?? this.at, `'${name}' of ${this.#what} must be true or false.`);
    return value.value;
  }

  number(name: string, otherwise?: number): number {
    const value = this.member(name);
    if (value === undefined && otherwise !== undefined) return otherwise;
    if (value?.kind !== "number" || !Number.isFinite(value.value))
      throw new JsonFault(value?.at ?? this.at, `'${name}' of ${this.#what} must be a number.`);
    return value.value + 0;
  }

  weight(): number {
    const weight = this.number("weight", 0);
    if (weight < -1 || weight > 1)
      throw new JsonFault(this.member("weight")!.at, "a weight goes from -1 to 1.");
    return roundWeight(weight);
  }

  #array(name: string): readonly LocatedJson[] {
    const value = this.member(name);
    if (value === undefined) return [];
    if (value.kind !== "array") throw new JsonFault(value.at, `'${name}' of ${this.#what} must be a list.`);
    return value.items;
  }

  list(name: string, what: string): JsonNode[] {
    return this.#array(name).map((item) => new JsonNode(item, what));
  }

  texts(name: string): string[] {
    return this.#array(name).map((item) => {
      const text = item.kind === "string" ? trimText(item.value.replaceAll(/\r\n?/g, "\n")) : "";
      if (text === "" || text.includes("\0"))
        throw new JsonFault(item.at, `'${name}' of ${this.#what} must be a list of texts.`);
      return text;
    });
  }

  /** @throws where there are fewer than `min` */
  atLeast<T>(list: readonly T[], min: number, name: string): readonly T[] {
    if (list.length < min) throw new JsonFault(this.at, `'${name}' of ${this.#what} needs ${min} or more.`);
    return list;
  }
}
