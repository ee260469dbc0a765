/** Limits of a running quiz. What is beyond one is refused, and the student or teacher is told. */

export const maxStudents = 1_000;
/** Characters of an answer in words. */
export const maxAnswerLength = 4_096;
/** Characters of the id that a client gives its answer. */
export const maxAnswerIdLength = 64;
export const maxTeamLength = 64;
/** Answers of one student to one question, where changes are allowed; each is a record on disk. */
export const maxChanges = 100;
/** Votes on one question. */
export const maxRounds = 10;
/** How long one question may be, and be extended to. */
export const maxLimitMs = 24 * 60 * 60 * 1_000;
/** How much of a measured round trip is believed; a longer one would buy time. */
export const maxRoundTripMs = 5_000;
/** How often the time of an open question is kept, so that a restart goes on with what was left. */
export const keepClockEveryMs = 1_000;
