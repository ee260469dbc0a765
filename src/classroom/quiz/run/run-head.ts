/**
 * The first line of a run's journal: all that a run is made of beside its records.
 *
 *      {"format":"pcs-run","version":1,"number":7,"title":"Layers","seed":81,"settings":{…},"questions":[…]}
 */
import { compactJson, readJsonQuestion } from "../banks/json-question.ts";
import { JsonNode } from "../banks/json-node.ts";
import { maxBankQuestions } from "../banks/limits.ts";
import { JsonFault, parseLocatedJson } from "../banks/located-json.ts";
import { problemOfSettings, type Pace, type RunSettings } from "./run-settings.ts";
import type { RunPlan } from "./shown-order.ts";

const format = "pcs-run";
const version = 1;

export interface RunHead extends RunPlan {
  /** Stands for the quiz on the wire. */
  readonly number: number;
  readonly title: string;
}

/** Ends in a line end. */
export function formatRunHead({ number, title, seed, settings, questions }: RunHead): string {
  const head = { format, version, number, title, seed, settings, questions: questions.map(compactJson) };
  return `${JSON.stringify(head)}\n`;
}

/** @returns undefined where the line is none */
export function parseRunHead(line: string): RunHead | undefined {
  try {
    const root = new JsonNode(parseLocatedJson(line), "the head");
    if (root.text("format") !== format || root.number("version") !== version) return undefined;
    const questions = root.list("questions", "a question").map(readJsonQuestion);
    const settings = readSettings(new JsonNode(root.member("settings")!, "settings"));
    const isRight =
      questions.length > 0 && questions.length <= maxBankQuestions && !problemOfSettings(settings);
    if (!isRight) return undefined;
    return {
      number: root.number("number"),
      title: root.text("title"),
      seed: root.number("seed"),
      settings,
      questions,
    };
  } catch (error) {
    if (error instanceof JsonFault || error instanceof TypeError) return undefined;
    throw error;
  }
}

function readSettings(node: JsonNode): RunSettings {
  const points = new JsonNode(node.member("points")!, "points");
  const pace = (["timed", "teacher", "all-at-once"] as Pace[]).find((each) => each === node.text("pace"));
  if (pace === undefined) throw new JsonFault(node.at, "there is no such pace.");
  return {
    pace,
    limitMs: node.member("limitMs") === undefined ? undefined : node.number("limitMs"),
    announceMs: node.number("announceMs"),
    closedMs: node.number("closedMs"),
    explanationMs: node.number("explanationMs"),
    graceMs: node.number("graceMs"),
    shuffleQuestions: node.boolean("shuffleQuestions"),
    shuffleOptions: node.boolean("shuffleOptions"),
    mayChange: node.boolean("mayChange"),
    isSurvey: node.boolean("isSurvey"),
    points: {
      right: points.number("right"),
      speedShare: points.number("speedShare"),
      penalty: points.number("penalty"),
      hasParts: points.boolean("hasParts"),
    },
  };
}
