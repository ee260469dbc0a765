/** One question as JSON: the members of `question.ts`, without what is empty. */
import { JsonNode } from "./json-node.ts";
import { JsonFault } from "./located-json.ts";
import { questionKinds, type BankQuestion, type NumberRange } from "./question.ts";

/** Without empty texts, empty lists and weights of 0. */
export function compactJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compactJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, member]) =>
          member !== "" &&
          !(name === "weight" && member === 0) &&
          !(Array.isArray(member) && member.length === 0),
      )
      .map(([name, member]) => [name, compactJson(member)]),
  );
}

/** @throws JsonFault with a sentence and its place */
export function readJsonQuestion(node: JsonNode): BankQuestion {
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
          range: readRange(
            new JsonNode(answer.member("range") ?? { kind: "null", at: answer.at }, "a range"),
          ),
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
  node: JsonNode,
  name: string,
  min: number,
): { text: string; weight: number; feedback: string }[] {
  const list = node.list(name, "an answer");
  return node
    .atLeast(list, min, name)
    .map((item) => ({ text: item.needed("text"), weight: item.weight(), feedback: item.text("feedback") }));
}

function readRange(node: JsonNode): NumberRange {
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
