/** What the page may cost, and how long it waits. */

/** How long the server may take to greet. */
export const connectMs = 10_000;

/** How long the page waits before it connects again: at first, and at most. */
export const firstReconnectMs = 500;
export const longestReconnectMs = 30_000;

/** How often the server is asked whether it is there, and how long it may take to answer. */
export const askEveryMs = 15_000;
export const answerMs = 10_000;

/** Messages kept of one conversation; the oldest are left out, and asked for again when they are wanted. */
export const maxMessages = 1_000;

/** Messages that are shown when a room is entered, and with each wish for older ones. */
export const shownHistory = 50;

/** Messages shown before and behind one that was looked for. */
export const aroundPlace = 40;

/** What one search may have, and messages that come of it at a time. */
export const maxSearchCharacters = 200;
export const foundAtOnce = 20;

/**
 * Private messages that may be unread and come again the next time; with more of them the server would wait with what
 * is new.
 */
export const maxPrivateUnread = 100;

/** How long it may take until the server is told how far it is read. */
export const markReadMs = 1_000;

/** Time between two words that somebody is typing, and how long one holds. */
export const typingEveryMs = 3_000;
export const typingHoldsMs = 5_000;

/** Data of a chunk, and bytes that may wait for the network before the next one. */
export const chunkBytes = 64 << 10;
export const maxWaitingChunkBytes = 256 << 10;

/** Bytes that may come ahead of what the page has taken. */
export const creditWindowBytes = 2 << 20;

/** Longest file that comes into a page: it is held by the browser until it is saved. */
export const maxDownloadBytes = 1 << 30;

/** Files listed; the oldest that are done give way. */
export const maxFilesListed = 100;

/** Files to everybody that a teacher sees; the oldest give way. */
export const maxPushesListed = 20;

/** Notices of the server that are shown at once, and how long each is. */
export const maxNotices = 3;
export const noticeMs = 8_000;

/** How long a teacher's page waits before it asks who is here, after somebody came or left. */
export const peopleDelayMs = 500;

/** Lines of what was done that a teacher sees. */
export const maxDoneLines = 50;

/** Files kept in part after the connection was lost. */
export const maxPartedDownloads = 8;

/** Files that may wait for people to say whether they want them. */
export const maxOffersAtOnce = 16;

/** So long before the end of a question goes what was entered and not sent. */
export const lastMomentMs = 300;
