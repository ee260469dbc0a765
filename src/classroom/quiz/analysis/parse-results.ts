/** A file of results, as `quiz-results.ts` writes it, with a sentence and its place where something is wrong. */
import { JsonNode } from "../banks/json-node.ts";
import { readJsonQuestion } from "../banks/json-question.ts";
import { JsonFault, parseLocatedJson, type LocatedJson } from "../banks/located-json.ts";
import { maxBankQuestions } from "../banks/limits.ts";
import { placeIn, type Place } from "../banks/source-text.ts";
import { isFitting, type GivenAnswer } from "../run/given-answer.ts";
import { maxResultStudents } from "./limits.ts";
import { resultsFormat, resultsVersion, type QuizResults, type ResultAnswer } from "./quiz-results.ts";

export type ResultsResult =
  | { readonly ok: true; readonly results: QuizResults }
  | { readonly ok: false; readonly place: Place; readonly sentence: string };

/** @param source with `\n` at the end of lines */
export function parseResults(source: string): ResultsResult {
  try {
    return { ok: true, results: readResults(new JsonNode(parseLocatedJson(source), "the file")) };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { ok: false, place: placeIn(source, error.at), sentence: error.message };
  }
}

function readResults(root: JsonNode): QuizResults {
  if (root.text("format") !== resultsFormat)
    throw new JsonFault(root.at, `this is no "${resultsFormat}" of pcs.`);
  if (root.number("version") !== resultsVersion)
    throw new JsonFault(root.at, `this is another version; this pcs reads version ${resultsVersion}.`);
  const questions = root.list("questions", "a question").map(readJsonQuestion);
  const students = root
    .list("students", "a student")
    .map((student) => ({ name: student.needed("name"), team: student.text("team") }));
  if (questions.length > maxBankQuestions || students.length > maxResultStudents)
    throw new JsonFault(
      root.at,
      `there are more than ${maxBankQuestions} questions or ${maxResultStudents} students.`,
    );
  const seen = new Set<string>();
  const answers = root.list("answers", "an answer").map((node): ResultAnswer => {
    const [student, question] = [indexOf(node, "student", students), indexOf(node, "question", questions)];
    const key = `${student} ${question}`;
    if (seen.has(key))
      throw new JsonFault(node.at, "there is a second answer of this student to this question.");
    seen.add(key);
    const given = readGiven(node);
    if (!isFitting(questions[question]!, given))
      throw new JsonFault(node.at, `this is no answer to question ${question + 1}.`);
    return {
      student,
      question,
      round: node.number("round", 1),
      given,
      elapsedMs: node.number("elapsedMs", 0),
      points: node.number("points", 0),
    };
  });
  return { title: root.text("title"), isSurvey: root.boolean("isSurvey"), questions, students, answers };
}

function indexOf(node: JsonNode, name: string, list: readonly unknown[]): number {
  const index = node.number(name);
  if (!Number.isInteger(index) || index < 0 || index >= list.length)
    throw new JsonFault(node.at, `there is no ${name} ${index}.`);
  return index;
}

function readGiven(answer: JsonNode): GivenAnswer {
  const node = new JsonNode(answer.member("given") ?? { kind: "null", at: answer.at }, "'given'");
  const kind = node.text("kind");
  switch (kind) {
    case "choice":
      return { kind, options: numbers(node.member("options"), node.at) };
    case "match":
      return { kind, matches: numbers(node.member("matches"), node.at) };
    case "order":
      return { kind, items: numbers(node.member("items"), node.at) };
    case "true-false":
      return { kind, value: node.boolean("value") };
    case "text":
      return { kind, text: node.text("text") };
    case "number":
      return { kind, value: node.number("value") };
    default:
      throw new JsonFault(
        node.at,
        "the kind of an answer is choice, true-false, text, number, match or order.",
      );
  }
}

function numbers(json: LocatedJson | undefined, at: number): number[] {
  if (json?.kind !== "array") throw new JsonFault(json?.at ?? at, "a list of numbers must stand here.");
  return json.items.map((item) => {
    if (item.kind !== "number") throw new JsonFault(item.at, "a number must stand here.");
    return item.value;
  });
}
