/** What the terminal client may cost, and how long it waits. */

/** How long a connection's own waits are. */
export interface SessionLimits {
  /** How long a dial may take. */
  connectMs: number;
  /** How long a server may take to greet. */
  greetingMs: number;
  /** How long nothing may arrive before a script at the end of its input leaves. */
  quietMs: number;
  /** How long that may take in all, where no file is being received. */
  quietAtMostMs: number;
  /** How long a server may take to hang up after `disconnect`. */
  leaveMs: number;
}

export const sessionLimits: SessionLimits = {
  connectMs: 15_000,
  greetingMs: 10_000,
  quietMs: 300,
  quietAtMostMs: 2_000,
  leaveMs: 1_000,
};

/** Bytes of a received file that may wait for the disk before the connection is not read. */
export const maxWaitingFileBytes = 1 << 20;

/** Bytes that may wait for the server before a script's next line is read. */
export const maxWaitingSendBytes = 1 << 20;

/** Bytes of text that may wait for whoever reads our output before the connection is not read. */
export const maxWaitingTextBytes = 1 << 20;

/** Names of people kept for completion; the one not heard of for longest is forgotten. */
export const maxNames = 500;

/** Files offered for completion. */
export const maxFilesOffered = 200;

/** Typed lines kept for the arrow keys. */
export const maxHistory = 500;

/** Longest password of the first protocol, in bytes. */
export const maxPasswordBytes = 256;

/** Longest file name most disks take, in bytes. */
export const maxFileNameBytes = 255;

/** Numbers tried behind a name that is taken, `a (2).txt` and on. */
export const maxNumberedNames = 10_000;

/** Time between two drawings of a progress bar. */
export const progressEveryMs = 100;

/** What was said and is not acknowledged; more is not read from the keyboard or a script until some is. */
export const maxUnacknowledged = 10_000;

/** How long the client of the second protocol waits before it connects again: at first, and at most. */
export const firstReconnectMs = 500;
export const longestReconnectMs = 30_000;

/** How long a script tries to come back before it gives up; a person says when. */
export const scriptReconnectMs = 2_500;

/** How long a script that ends waits for what it said to be acknowledged. */
export const lastAcknowledgementMs = 30_000;

/** Messages of a room that a person is shown on coming in. */
export const shownHistory = 20;

/** Files that may come at once. */
export const maxDownloadsAtOnce = 32;

/** Bytes of a typed answer: written as JSON it has room in a frame, whatever it holds. */
export const maxAnswerBytes = 10_000;

/** Messages that one page of a search shows. */
export const foundAtOnce = 20;

/** How long it may take until the server is told how far the rooms are read. */
export const markReadMs = 1_000;

/** Free bytes that stay on the disk whatever comes. */
export const reservedDownloadBytes = 16 << 20;

/** How long a part of a file waits to be gone on with. */
export const partDays = 7;

/** Blocks of 256 KiB that are read and hashed at once, of a file that is sent; twice as many are in memory. */
export const uploadBlocksAtOnce = 8;

/** Offers that may wait for an answer; more are declined. */
export const maxOffersWaiting = 100;

/**
 * How long nothing may come before the server is asked whether it is there, how long it may take to answer, and how
 * often that is looked at.
 */
export const pingAfterMs = 15_000;
export const pongWithinMs = 15_000;
export const watchEveryMs = 1_000;

/** Files in their place that are remembered because the server may not have heard of it. */
export const maxUnheardFiles = 100;
