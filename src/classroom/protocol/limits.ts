/** The numbers of the first protocol. Each is a promise to old clients or a bound on what input can cost. */

/** Longest header, in bytes. A longer one ends the connection with a sentence. */
export const maxHeaderBytes = 64;

/** Longest payload, in bytes. A longer one ends the connection before anything is allocated for it. */
export const maxPayloadBytes = 1 << 20;

/** Silence after which a non-ASCII payload's count is taken as bytes and not as characters. */
export const countSilenceMs = 50;

/** Silence after `EOF` that ends a raw file. */
export const fileEndSilenceMs = 250;

/** Longest part of a raw file that travels in one write with the `EOF` behind it. */
export const rawTailBytes = 512;

/** Pause before that last write and again before the next frame. */
export const rawPauseMs = 100;

/** Longest frame of quiz questions, in bytes of payload; longer quizzes are cut between questions. */
export const maxQuizFrameBytes = 1400;
