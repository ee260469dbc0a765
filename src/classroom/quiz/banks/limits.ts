/** Limits of question banks. What is beyond one of them is told in a sentence, and the bank is refused. */

export const maxBankBytes = 16 << 20;
export const maxBankQuestions = 10_000;
/** Options, alternatives, pairs or items of one question. */
export const maxParts = 100;
/** Characters of one text: a question, an option, a feedback. */
export const maxTextLength = 16_384;
/** Characters of one text as it stands in the file, with its tags and marks. */
export const maxRawLength = 32_768;
/** Characters of a title, a category, an id or a tag. */
export const maxNameLength = 255;
export const maxTags = 32;
/** Errors, and warnings, that are kept of one file; the rest is counted. */
export const maxFindings = 100;
/** How deep the braces and brackets of a JSON file may be nested. */
export const maxJsonDepth = 32;
/** Columns of a CSV file. */
export const maxColumns = 1_000;
