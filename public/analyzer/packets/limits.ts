/** What the packet list and the inspector hold at most. */

/** Rows asked for at once; the server gives 1,000 at most. */
export const rowsOfFetch = 200;

/** Pages of rows that are kept. */
export const keptPages = 60;

/** Pages asked for at the same time. */
export const pagesInFlight = 2;

/** Bytes of a packet that are drawn before a person asks for all of them. */
export const firstBytesShown = 2048;

/** Packets of a report file. */
export const rowsOfFile = 1000;
