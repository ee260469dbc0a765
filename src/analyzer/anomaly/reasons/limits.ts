/** Limits of what finding reasons may cost. What is beyond them is left to the most telling. */

/** Rows of the baseline that are described; of more, as many, evenly spaced. */
export const describedRows = 8192;

/** Reasons given for one row. */
export const maxReasons = 3;

/** Rows the forest scores to explain one row, about. */
export const scoredToExplain = 240;
