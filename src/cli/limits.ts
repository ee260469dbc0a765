/** Limits of what the command line reads. */

/** Bytes of a file of labels, inflated. */
export const maxLabelBytes = 1 << 29;

/** People of one roster, and characters of a group's name. */
export const maxRosterRows = 10_000;
export const maxGroupCharacters = 64;

/** Findings of one file that are printed; the rest is counted. */
export const maxFindingsTold = 20;
