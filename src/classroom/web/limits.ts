/** What the web port may cost. Who has logged in over a page is bounded as everybody is (`../server/limits.ts`). */

/** Bytes that a page may have under way while it is not read; files have their credit within it. */
export const maxPageBytes = 16 << 20;

/** The same before the login. */
export const maxNewcomerPageBytes = 64 << 10;

/** Longest message of a page's web socket: a frame is never longer. */
export const maxPageMessageBytes = (1 << 20) + 128;

/** A page that has gone without a word is noticed after this; it is asked by pings before. */
export const pageIdleSeconds = 60;

/** Bytes that Bun keeps for a page beyond what its connection does; it is given no more before they are gone. */
export const maxWaitingBytes = 1 << 20;

/** Bytes of a request's body: no route reads one. */
export const maxRequestBytes = 1 << 10;
