/** Item analysis of the results of a quiz: statistics of the quiz, of each question, and of each answer. */
import type { BankQuestion } from "../banks/question.ts";
import { gradeAnswer } from "../run/grade-answer.ts";
import { itemStatistics, sumOf, type ItemStatistics } from "./item-statistics.ts";
import type { QuizResults, ResultAnswer } from "./quiz-results.ts";
import { quizStatistics, type QuizStatistics } from "./quiz-statistics.ts";
import { randomGuess } from "./random-guess.ts";
import { responseTable, type ResponseRow } from "./response-table.ts";

export interface ItemAnalysis {
  readonly statistics: ItemStatistics;
  /** From 1, in the bank. */
  readonly number: number;
  readonly question: BankQuestion;
  readonly answers: number;
  readonly randomGuess: number | undefined;
  /** Seconds, of those who answered. */
  readonly medianSeconds: number | undefined;
  readonly responses: readonly ResponseRow[];
}

export interface QuizAnalysis {
  readonly quiz: QuizStatistics;
  readonly items: readonly ItemAnalysis[];
  /** Answers that a person has to mark; they count as 0 here. */
  readonly unmarked: number;
}

/**
 * Every question that takes an answer has a mark of 1; one that was not answered counts as 0, as in Moodle. Speed,
 * penalties and points of the game do not count here.
 */
export function analyseResults({ questions, students, answers }: QuizResults): QuizAnalysis {
  const asked = questions.flatMap((question, index) => (question.kind === "description" ? [] : [index]));
  const given = new Map<string, ResultAnswer>(
    answers.map((answer) => [`${answer.student} ${answer.question}`, answer]),
  );
  const byQuestion = Map.groupBy(answers, ({ question }) => question);
  let unmarked = 0;
  const marks = students.map((_, student) =>
    asked.map((question) => {
      const answer = given.get(`${student} ${question}`);
      if (answer === undefined) return 0;
      const { fraction } = gradeAnswer(questions[question]!, answer.given);
      if (fraction === undefined) unmarked++;
      return fraction ?? 0;
    }),
  );
  const totals = marks.map(sumOf);
  const statistics = itemStatistics(
    marks,
    asked.map(() => 1),
  );
  const items = asked.map((index, item) => {
    const question = questions[index]!;
    const responses = students.map((_, student) => ({
      given: given.get(`${student} ${index}`)?.given,
      rest: totals[student]! - marks[student]![item]!,
    }));
    return {
      statistics: statistics[item]!,
      number: index + 1,
      question,
      answers: responses.filter((response) => response.given !== undefined).length,
      randomGuess: randomGuess(question),
      medianSeconds: medianSeconds(byQuestion.get(index) ?? []),
      responses: responseTable(question, responses),
    };
  });
  return { quiz: quizStatistics(marks, statistics), items, unmarked };
}

function medianSeconds(answers: readonly ResultAnswer[]): number | undefined {
  const times = answers.map(({ elapsedMs }) => elapsedMs).sort((a, b) => a - b);
  if (times.length === 0) return undefined;
  const middle = times.length >>> 1;
  const median = times.length % 2 === 1 ? times[middle]! : (times[middle - 1]! + times[middle]!) / 2;
  return median / 1_000;
}
