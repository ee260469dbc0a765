/** Questions as GIFT, in a form that Moodle and pcs read as the same questions again. */
import { parseNumberRange, formatNumberRange } from "./number-range.ts";
import { escapeText } from "./gift-text.ts";
import { plainText, type TextFormat } from "./plain-text.ts";
import type { BankQuestion, ChoiceQuestion, OrderGrading, ShortQuestion, WeightedText } from "./question.ts";
import { Losses, type WrittenBank } from "./written-bank.ts";

/** Moodle's default, which needs no mark. */
const usual = "moodle";
/** A text that begins like this would lose it. */
const formatMark = /^\[(?:moodle|html|plain|markdown)\]/;

export function formatGift(questions: readonly BankQuestion[]): WrittenBank {
  const losses = new Losses();
  let category = "";
  let text = "";
  let written = 0;
  for (const [index, question] of questions.entries()) {
    const block = formatQuestion(question, (what) => losses.tell(index + 1, what));
    if (block === undefined) continue;
    if (question.category !== category) {
      category = question.category;
      text += `$CATEGORY: ${escapeText(category === "" ? "top" : `top/${category}`)}\n\n`;
    }
    text += `${block}\n\n`;
    written++;
  }
  return { text, written, losses: losses.sentences() };
}

type Tell = (what: string) => void;

function formatQuestion(question: BankQuestion, tell: Tell): string | undefined {
  const title = question.title === "" ? "" : `::${escapeText(question.title)}::`;
  // Without a title a question must not begin as a comment does.
  const isRisky = title === "" && question.text.startsWith("//");
  const format = isRisky ? "plain" : formatFor(question.text, usual);
  const text = formatText(question.text, isRisky ? undefined : usual);
  const answers = formatAnswers(question, format, tell);
  if (answers === undefined) return undefined;
  if (question.kind === "description" && question.feedback !== "")
    tell("the general feedback of a description is left out, for GIFT has no place for it");
  return `${formatNames(question)}${title}${text}${answers}`;
}

function formatNames({ id, tags }: BankQuestion): string {
  const names = [
    ...(id === "" ? [] : [`[id:${inBrackets(id)}]`]),
    ...tags.map((tag) => `[tag:${inBrackets(tag)}]`),
  ];
  return names.length === 0 ? "" : `// ${names.join(" ")}\n`;
}

function inBrackets(name: string): string {
  return name.replaceAll("]", "\\]");
}

function formatAnswers(question: BankQuestion, format: TextFormat, tell: Tell): string | undefined {
  const general = question.feedback === "" ? "" : `####${formatText(question.feedback, format)}`;
  const lines = (first: string, list: readonly string[]): string =>
    `{${first}\n${[...list, ...(general === "" ? [] : [general])].map((line) => `\t${line}\n`).join("")}}`;
  switch (question.kind) {
    case "description":
      return "";
    case "essay":
      return `{${general}}`;
    case "true-false": {
      const { answer, feedbackTrue, feedbackFalse } = question;
      const wrong = formatText(answer ? feedbackFalse : feedbackTrue, format);
      const right = formatText(answer ? feedbackTrue : feedbackFalse, format);
      const feedback = right === "" ? (wrong === "" ? "" : `#${wrong}`) : `#${wrong}#${right}`;
      return `{${answer ? "TRUE" : "FALSE"}${feedback}${general}}`;
    }
    case "choice":
      return lines("", choiceLines(question, format, tell));
    case "short": {
      const list = shortLines(question, format, tell);
      return list.length === 0 ? undefined : lines("", list);
    }
    case "numeric":
      return lines(
        "#",
        question.answers.map(({ range, weight, feedback }) => {
          const answer = parseNumberRange(formatNumberRange(range));
          return `=%${percent(weight)}%${typeof answer === "string" ? "*" : formatNumberRange(range)}${comment(feedback, format)}`;
        }),
      );
    case "match":
      return lines("", [
        ...question.pairs.map(
          ({ prompt, answer }) => `=${formatText(prompt, format, true)} -> ${escapeText(answer)}`,
        ),
        ...question.distractors.map((answer) => `= -> ${escapeText(answer)}`),
      ]);
    default:
      if (question.items.some((item) => item.startsWith("//"))) {
        tell("an ordering with an item that begins with // is left out, for GIFT takes it for a comment");
        return undefined;
      }
      if (general !== "")
        tell("the general feedback of an ordering is left out, for GIFT has no place for it");
      return `{>${question.items.length} ALL VERTICAL ${gradingNames[question.grading]}\n${question.items
        .map((item) => `\t${escapeText(item)}\n`)
        .join("")}}`;
  }
}

const gradingNames: Record<OrderGrading, string> = {
  exact: "ALL_OR_NOTHING",
  position: "ABSOLUTE_POSITION",
  next: "RELATIVE_NEXT_EXCLUDE_LAST",
};

function choiceLines({ single, options }: ChoiceQuestion, format: TextFormat, tell: Tell): string[] {
  const right = single ? options.findIndex(({ weight }) => weight === 1) : -1;
  if (single && right < 0)
    tell("any number of options may be chosen in GIFT, because none has the full weight");
  return options.map((option, index) => {
    const sign = index === right ? "=" : option.weight === 0 ? "~" : `~%${percent(option.weight)}%`;
    return `${sign}${optionText(option, format)}${comment(option.feedback, format)}`;
  });
}

/** A text that looks like a weight needs its format before it. */
function optionText({ text }: WeightedText, format: TextFormat): string {
  return formatText(text, /^%-*\d/.test(text) ? undefined : format);
}

/** `->` beside `=` would make a matching question of it. */
function shortLines({ answers }: ShortQuestion, format: TextFormat, tell: Tell): string[] {
  return answers.flatMap(({ text, weight, feedback }) => {
    if (text.includes("->")) {
      tell("an answer with -> in it is left out, for GIFT takes it for matching");
      return [];
    }
    const plain = formatMark.test(text) ? `[plain]${escapeText(text)}` : escapeText(text);
    return `=%${percent(weight)}%${plain}${comment(feedback, format, true)}`;
  });
}

function comment(feedback: string, format: TextFormat, hidesArrows = false): string {
  return feedback === "" ? "" : `#${formatText(feedback, format, hidesArrows)}`;
}

/** Per cent with at most five decimals: seven of the weight. */
function percent(weight: number): string {
  return String(Number((weight * 100).toFixed(5)));
}

/** The format in which a text is read as itself. */
function formatFor(text: string, inherited: TextFormat): TextFormat {
  return !formatMark.test(text) && plainText(text, inherited) === text ? inherited : "plain";
}

/**
 * @param inherited the format it has without a mark; undefined: it gets a mark
 * @param hidesArrows `->` must not be seen in it
 */
function formatText(text: string, inherited: TextFormat | undefined, hidesArrows = false): string {
  if (hidesArrows && text.includes("->")) {
    const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("->", "-&gt;");
    return `${inherited === usual ? (html.startsWith("[") ? `[${usual}]` : "") : `[${usual}]`}${escapeText(html)}`;
  }
  if (text === "") return "";
  const format = inherited === undefined ? "plain" : formatFor(text, inherited);
  const needsMark = format !== inherited || formatMark.test(text);
  return `${needsMark ? `[${format}]` : ""}${escapeText(text)}`;
}
