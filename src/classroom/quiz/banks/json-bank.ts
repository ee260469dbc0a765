/**
 * Questions as pcs's own JSON, without loss:
 *
 *      {"format": "pcs-questions", "version": 1, "questions": [
 *        {"kind": "choice", "text": "…", "single": true, "options": [{"text": "…", "weight": 1}, {"text": "…"}]}
 *      ]}
 *
 * The members are those of `question.ts`; texts and lists that are empty, and weights of 0, may be left out.
 */
import { BankBuilder, type ParsedBank } from "./bank.ts";
import { JsonFault, parseLocatedJson, type LocatedJson } from "./located-json.ts";
import { trimText } from "./plain-text.ts";
import { questionKinds, roundWeight, type BankQuestion, type NumberRange } from "./question.ts";
import { PlaceIndex } from "./source-text.ts";
import type { WrittenBank } from "./written-bank.ts";

const formatName = "pcs-questions";
const formatVersion = 1;

export function formatJsonBank(questions: readonly BankQuestion[]): WrittenBank {
  const lines = questions.map((question) => `  ${JSON.stringify(compact(question))}`);
  return {
    text: `{"format": "${formatName}", "version": ${formatVersion}, "questions": [\n${lines.join(",\n")}\n]}\n`,
    written: questions.length,
    losses: [],
  };
}

/** Without empty texts, empty lists and weights of 0. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, member]) =>
          member !== "" &&
          !(name === "weight" && member === 0) &&
          !(Array.isArray(member) && member.length === 0),
      )
      .map(([name, member]) => [name, compact(member)]),
  );
}

/** @param source with `\n` at the end of lines */
export function parseJsonBank(source: string): ParsedBank {
  const builder = new BankBuilder();
  const places = new PlaceIndex(source);
  try {
    const root = new Node(parseLocatedJson(source), "the file");
    const version = root.member("version");
    if (root.text("format") !== formatName || version?.kind !== "number")
      throw new JsonFault(root.at, `this is no "${formatName}" of pcs.`);
    if (version.value !== formatVersion)
      throw new JsonFault(
        version.at,
        `this is version ${version.value}; this pcs reads version ${formatVersion}.`,
      );
    for (const node of root.list("questions", "a question"))
      builder.add(readQuestion(node), places.at(node.at));
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    builder.fail(places.at(error.at), error.message);
  }
  return builder.finish();
}

/** An object of the file, whose members are asked for by name and type. */
class Node {
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

  list(name: string, what: string): Node[] {
    return this.#array(name).map((item) => new Node(item, what));
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

function readQuestion(node: Node): BankQuestion {
  const common = {
    title: node.text("title"),
    category: node.text("category"),
    text: node.text("text"),
    feedback: node.text("feedback"),
    id: node.text("id"),
    tags: node.texts("tags"),
  };
  const kind = questionKinds.find((each) => each === node.text("kind"));
  switch (kind) {
    case "choice":
      return { kind, ...common, single: node.boolean("single"), options: readWeighted(node, "options", 2) };
    case "true-false":
      return {
        kind,
        ...common,
        answer: node.boolean("answer"),
        feedbackTrue: node.text("feedbackTrue"),
        feedbackFalse: node.text("feedbackFalse"),
      };
    case "short":
      return { kind, ...common, answers: readWeighted(node, "answers", 1) };
    case "numeric":
      return {
        kind,
        ...common,
        answers: node.atLeast(node.list("answers", "an answer"), 1, "answers").map((answer) => ({
          range: readRange(new Node(answer.member("range") ?? { kind: "null", at: answer.at }, "a range")),
          weight: answer.weight(),
          feedback: answer.text("feedback"),
        })),
      };
    case "match": {
      const pairs = node
        .list("pairs", "a pair")
        .map((pair) => ({ prompt: pair.needed("prompt"), answer: pair.needed("answer") }));
      const distractors = node.texts("distractors");
      node.atLeast(pairs, 1, "pairs");
      if (pairs.length + distractors.length < 2) node.atLeast(pairs, 2, "pairs");
      return { kind, ...common, pairs, distractors };
    }
    case "order": {
      const grading = node.text("grading");
      if (grading !== "exact" && grading !== "position" && grading !== "next")
        throw new JsonFault(node.at, "the grading of an ordering is exact, position or next.");
      return { kind, ...common, items: node.atLeast(node.texts("items"), 2, "items"), grading };
    }
    case "essay":
    case "description":
      return { kind, ...common };
    default:
      throw new JsonFault(
        node.member("kind")?.at ?? node.at,
        `the kind of a question is one of ${questionKinds.join(", ")}.`,
      );
  }
}

function readWeighted(
  node: Node,
  name: string,
  min: number,
): { text: string; weight: number; feedback: string }[] {
  const list = node.list(name, "an answer");
  return node
    .atLeast(list, min, name)
    .map((item) => ({ text: item.needed("text"), weight: item.weight(), feedback: item.text("feedback") }));
}

function readRange(node: Node): NumberRange {
  const kind = node.text("kind");
  if (kind === "any") return { kind };
  if (kind === "near") {
    const tolerance = node.number("tolerance");
    if (tolerance < 0) throw new JsonFault(node.at, "a tolerance cannot be negative.");
    return { kind, value: node.number("value"), tolerance };
  }
  if (kind !== "between") throw new JsonFault(node.at, "the kind of a range is near, between or any.");
  const [min, max] = [node.number("min"), node.number("max")];
  if (min > max) throw new JsonFault(node.at, "a range ends before it begins.");
  return { kind, min, max };
}
