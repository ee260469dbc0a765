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
import { JsonNode } from "./json-node.ts";
import { compactJson, readJsonQuestion } from "./json-question.ts";
import { JsonFault, parseLocatedJson } from "./located-json.ts";
import type { BankQuestion } from "./question.ts";
import { PlaceIndex } from "./source-text.ts";
import type { WrittenBank } from "./written-bank.ts";

const formatName = "pcs-questions";
const formatVersion = 1;

export function formatJsonBank(questions: readonly BankQuestion[]): WrittenBank {
  const lines = questions.map((question) => `  ${JSON.stringify(compactJson(question))}`);
  return {
    text: `{"format": "${formatName}", "version": ${formatVersion}, "questions": [\n${lines.join(",\n")}\n]}\n`,
    written: questions.length,
    losses: [],
  };
}

/** @param source with `\n` at the end of lines */
export function parseJsonBank(source: string): ParsedBank {
  const builder = new BankBuilder();
  const places = new PlaceIndex(source);
  try {
    const root = new JsonNode(parseLocatedJson(source), "the file");
    const version = root.member("version");
    if (root.text("format") !== formatName || version?.kind !== "number")
      throw new JsonFault(root.at, `this is no "${formatName}" of pcs.`);
    if (version.value !== formatVersion)
      throw new JsonFault(
        version.at,
        `this is version ${version.value}; this pcs reads version ${formatVersion}.`,
      );
    for (const node of root.list("questions", "a question"))
      builder.add(readJsonQuestion(node), places.at(node.at));
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    builder.fail(places.at(error.at), error.message);
  }
  return builder.finish();
}
