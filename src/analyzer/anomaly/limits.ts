/** Every limit of the anomaly detector by name. What goes beyond one is counted or told, never lost in silence. */

/** Different attacks that a file of labels may name: their numbers fit 16 bits beside 0 for none. */
export const maxAttackNames = 65_535;

/** Different feature rows kept, about 200 bytes each. Further ones count as the most similar one that is kept. */
export const maxVectors = 1 << 18;

/** Packets remembered until they are judged, 44 bytes each. Of more, the earlier ones are judged by then. */
export const maxUnjudged = 1 << 20;

/** Rows that ordinary traffic is learnt from. Beyond it every second one is let go. */
export const maxBaselineRows = 1 << 15;

/** Packets of a moment from which its rows are drawn, how many are drawn, and how many about one host. */
export const momentPackets = 256;
export const momentRows = 30;
export const momentRowsPerHost = 3;

/** What must have been seen before anything is judged by it. */
export const leastBaselineRows = 256;
export const leastBaselineSeconds = 10;

/** Feature rows about which the reason of a rule is kept. */
export const maxRuleReasons = 4096;

/** Rows of the sample that tell what is typical. */
export const maxDescribedRows = 2048;

/** Of packets known to be strange, one in so many is learnt from, so that a lasting change becomes ordinary. */
export const strangeLearnt = 64;

/** Flows whose scores are kept, 12 bytes each: a power of two. Of two whose numbers share a place the newer has it. */
export const maxJudgedFlows = 1 << 18;

/**
 * Hosts, and as many flows, of which is kept how many flagged packets were part of which episode, 12 bytes each: a
 * power of two. Those with the fewest packets give way.
 */
export const maxEpisodeShares = 1 << 18;

/** Flagged packets told in the report. */
export const topAnomalies = 100;

/** Feature rows whose whole explanation is kept, about 1 kB each; the oldest gives way. */
export const maxExplained = 4096;

/** Causes that may be marked as expected, and characters kept of what one is. */
export const maxExpectedMarks = 1000;
export const maxExpectedText = 300;

/** Addresses whose text is kept while packets are judged. */
export const maxEndTexts = 1 << 14;

/** Of what is flagged in one second for one cause about one host: pairs whose reasons are told. */
export const explainedCells = 8;

/** How long what a host does makes its other packets suspect: a time constant, before and after. */
export const suspicionSeconds = 10;

/** Packets, or their feature rows, that are judged in one step: a few milliseconds. */
export const rowsOfStep = 4096;
