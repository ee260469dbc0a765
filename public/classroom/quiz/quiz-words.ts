/** What is said about a quiz, in words. */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import type { OwnAnswer, QuizModel } from "./quiz-model.ts";

export function phaseWords(quiz: QuizModel): string {
  if (quiz.number === undefined)
    return "There is no quiz now. When your teacher starts one, it appears here.";
  const which =
    quiz.current === undefined || !quiz.isOneByOne ? "" : `Question ${quiz.current} of ${quiz.count}`;
  // What the server says at the end stands below, and where questions come one by one nothing between.
  if (quiz.end?.text !== undefined && quiz.isOneByOne) return "";
  if (quiz.end !== undefined || quiz.phase === "finished") return "The quiz is over.";
  if (quiz.isPaused) return `${which === "" ? "The quiz" : which}: paused`;
  switch (quiz.phase) {
    case "lobby":
      return "The quiz begins soon.";
    case "next":
      return `${which} comes next.`;
    case "closed":
      return which === "" ? "The quiz is closed." : `${which}: closed, no more answers`;
    default:
      return which === "" ? `${quiz.count} questions` : which;
  }
}

export function answerWords({ state, problem }: OwnAnswer): string {
  if (state === "sending") return "Sending your answer …";
  if (state === "dealt with") return "The server had your answer; the result tells what became of it.";
  if (state === "refused") return `Not taken: ${problem ?? ""}`;
  return problem === undefined ? "Your answer is kept." : `Your answer before is kept. ${problem}`;
}

/** `3 of 5 points` */
export function pointsWords({ score, of }: Control<"result">): string {
  return `You have ${score ?? 0} of ${of ?? "?"} points.`;
}

export function verdictOf({ answered, fraction, points }: Control<"result">): { kind: string; text: string } {
  if (answered === undefined) return { kind: "none", text: "Not answered" };
  // Nothing is right in a survey, and that it is kept is said already.
  if (fraction === undefined) return { kind: "none", text: "" };
  const worth = points === undefined ? "" : `, ${points} ${points === 1 ? "point" : "points"}`;
  if (fraction >= 1) return { kind: "right", text: `Right${worth}` };
  return fraction > 0
    ? { kind: "partly", text: `Partly right${worth}` }
    : { kind: "wrong", text: `Wrong${worth}` };
}
