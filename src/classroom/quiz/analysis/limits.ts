/** Limits of the analysis of answers. What is beyond one is told, and not read. */

/** Bytes of a file of results. */
export const maxResultBytes = 64 << 20;
/** Rows of the table of answers to one question; the others are one row. */
export const maxResponses = 200;
export const maxResultStudents = 10_000;
