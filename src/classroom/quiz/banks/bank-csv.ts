/**
 * The columns of questions as CSV, known by the names in the first row, in any order, in upper or lower case:
 *
 *      question         the text; the only column that must be there
 *      type             choice, true-false, short, numeric, match, order, essay, description; without it `choice`
 *                       where there are options, else `essay`
 *      correct          of a choice: letters or numbers of the right options (`b`, `1 3`); of true-false: true, false
 *      choose           one or many: how many options may be chosen; without it many where several are right
 *      option1 …        options, alternatives, items in the right order, numbers (`3`, `3:2`, `1..5`), or prompts
 *      match1 …         what belongs to prompt 1; with an empty option1, an answer that belongs to none
 *      weight1 …        per cent, where `correct` does not say it all
 *      feedback1 …      for whoever chose option 1 (of true-false: 1 is true, 2 is false)
 *      grading          of an ordering: exact, position or next
 *      title, category, feedback, id, tags      what they say; tags are parted by line ends
 */
export const commonColumns = [
  "type",
  "title",
  "category",
  "question",
  "correct",
  "choose",
  "grading",
  "feedback",
  "id",
  "tags",
] as const;

export type CommonColumn = (typeof commonColumns)[number];

export const numberedColumns = ["option", "match", "weight", "feedback"] as const;
export type NumberedColumn = (typeof numberedColumns)[number];
