/** What files may cost while they are on their way. */

/** Bytes that a sender may be ahead of the disk. */
export const creditWindowBytes = 4 << 20;

/** Credit is told when it has grown by so much. */
export const creditStepBytes = 1 << 20;

/** Bytes of a file that goes to many which are kept for those who are not as fast as the first. */
export const sharedWindowBytes = 16 << 20;

/** Folders within each other, of a folder that is sent. */
export const maxFolderDepth = 16;

/** Files of a folder that is sent. */
export const maxFolderFiles = 2_000;
