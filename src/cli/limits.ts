/** Limits of what the command line reads. */

/** Bytes of a file of labels, inflated. */
export const maxLabelBytes = 1 << 29;
