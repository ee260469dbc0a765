/** What a class may cost its server. `--limits off` lifts those that hold back a load test. */

export interface ServerLimits {
  /** Connections that have not logged in; beyond it the oldest of them is closed. */
  maxNewcomers: number;
  /** Bytes of frames that are not whole, of all of these together; beyond it those that hold much are closed. */
  maxNewcomerBytes: number;
  /** How long a connection may say nothing before it has logged in. */
  loginTimeoutMs: number;
  /** Messages one person may send at once, and how many a second after that. More are read later, not lost. */
  messageBurst: number;
  messagesPerSecond: number;
  /** The same in bytes: what one person sends to all is sent on to everybody. */
  byteBurst: number;
  bytesPerSecond: number;
  /** Bytes of text that are kept of one person, with something for each message: so many at once, and again in a day. */
  keptBytesPerDay: number;
  /** Frames of somebody who has not logged in. */
  strangers: Rate;
  /** Rooms that one person enters, and what else is read out of the history or a list. */
  joins: Rate;
  /** Chunks of files that are short, or of no file. */
  chunks: Rate;
  /** Files that one person begins to send. */
  uploads: Rate;
  /** What a teacher decides, and hands. */
  commands: Rate;
  /** Bytes of files that the server keeps of one student. */
  quotaBytes: number;
  /** How many files these may be. */
  quotaFiles: number;
}

/** So many at once, and then so many a second; more are read later, not lost. */
export interface Rate {
  burst: number;
  perSecond: number;
}

export const defaultLimits: ServerLimits = {
  maxNewcomers: 2_000,
  maxNewcomerBytes: 64 << 20,
  loginTimeoutMs: 300_000,
  messageBurst: 5_000,
  messagesPerSecond: 200,
  byteBurst: 4 << 20,
  bytesPerSecond: 512 << 10,
  keptBytesPerDay: 64 << 20,
  strangers: { burst: 200, perSecond: 20 },
  joins: { burst: 200, perSecond: 20 },
  chunks: { burst: 5_000, perSecond: 1_000 },
  uploads: { burst: 500, perSecond: 50 },
  commands: { burst: 50, perSecond: 20 },
  quotaBytes: 4e9,
  quotaFiles: 20_000,
};

const noRate: Rate = { burst: Number.POSITIVE_INFINITY, perSecond: Number.POSITIVE_INFINITY };

export const noLimits: ServerLimits = {
  maxNewcomers: Number.POSITIVE_INFINITY,
  maxNewcomerBytes: Number.POSITIVE_INFINITY,
  loginTimeoutMs: 300_000,
  messageBurst: Number.POSITIVE_INFINITY,
  messagesPerSecond: Number.POSITIVE_INFINITY,
  byteBurst: Number.POSITIVE_INFINITY,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  keptBytesPerDay: Number.POSITIVE_INFINITY,
  strangers: noRate,
  joins: noRate,
  chunks: noRate,
  uploads: noRate,
  commands: noRate,
  quotaBytes: Number.POSITIVE_INFINITY,
  quotaFiles: Number.POSITIVE_INFINITY,
};

/** How long it holds where most newcomers come from. */
export const crowdMs = 50;

/** A newcomer that holds no more of a begun frame is not closed for it: a login is shorter, as a whole. */
export const largeHeldBytes = 16 << 10;

/** How long those who come in may take in one turn of the event loop before everybody else is served. */
export const entranceSliceMs = 4;

/** People of whom it is remembered how much they have sent; beyond it the one who came in first is forgotten. */
export const maxAllowances = 10_000;

/** A chunk of a file that is shorter counts as one that is hardly worth its frame. */
export const smallChunkBytes = 1 << 10;

/** Names one connection may try to register before it is closed. */
export const maxNameTries = 50;

/** Files that may wait to be sent to one person. */
export const maxWaitingFiles = 32;

/** Bytes of an upload that may wait for the disk before its sender is no longer read. */
export const maxPendingUploadBytes = 4 << 20;

/** How long the server waits for the last frames to be read when it shuts down. */
export const shutdownMs = 3_000;

/** Rooms of one server, rooms that one person is in, and rooms that one student makes until the server ends. */
export const maxRooms = 10_000;
export const maxRoomsOfPerson = 64;
export const maxRoomsMadeByStudent = 100;

/** Names that `joined` lists. */
export const maxMembersListed = 1_000;

/** Private messages that are sent at once to somebody who comes in, and bytes of them; more follow when these were seen. */
export const maxPrivateAtOnce = 200;
export const maxPrivateBytesAtOnce = 4 << 20;

/** How long what only v1 clients heard may wait for the disk, and how many messages of it. */
export const v1KeepDelayMs = 50;
export const maxWaitingMessages = 1_000;

/**
 * Characters that may wait for the disk, with something for each message, before those who say more are not read.
 * They are told at once, and a reader may have 16 MiB waiting.
 */
export const maxWaitingLogSize = 4 << 20;

/** Logins one connection of the second protocol may try. */
export const maxLoginTries = 50;

/** How long a client may take from its `hello` to the end of the TLS handshake and its second `hello`. */
export const handshakeMs = 10_000;

/** Bytes of history that are sent at once; a reader may have 16 MiB waiting. */
export const maxHistoryBytes = 2 << 20;

/** How long something may take to look up before a rest follows, and how many times as long that is. */
export const dearLookUpMs = 2;
export const restOfLookUp = 4;

/** Bytes that wait for a reader who asks, beyond which its next frame is read when they have gone out. */
export const maxAnsweredBytes = 4 << 20;

/** Files that one person may be sending at once. */
export const maxTransfersOfPerson = 32;

/** How long a receiver may take to answer an offer, and to tell that a file has arrived. */
export const answerMs = 120_000;

/** One question of a quiz as JSON, with its answers and feedback: frames have 64 KiB. */
export const maxShownQuestionBytes = 48 << 10;

/** How often the operator is told how many have answered. */
export const countEveryMs = 2_000;

/** Raised hands that a teacher is shown, and how many changes of them are told together. */
export const maxHandsShown = 300;
export const tellHandsAfterMs = 250;

/** How often the operator is told that the same person raises a hand. */
export const handToldEveryMs = 30_000;
export const maxHandsRemembered = 10_000;

/** People, and bans, in one `people`: frames have 64 KiB, a name up to 128 bytes, a group 256, a reason 800. */
export const maxPeopleAtOnce = 100;
export const maxBansAtOnce = 50;

/** How often old messages are looked for, how many go at once, and how long it waits before the next ones. */
export const pruneEveryMs = 60_000;
export const maxPrunedAtOnce = 500;
export const prunePauseMs = 20;

/** The time of day may differ from a clock that never jumps by this, and still tell how old a message is. */
export const maxClockJumpMs = 3_600_000;

/** Messages of a room that are counted as unread; there may be more. */
export const maxUnreadCounted = 1_000;

/** Messages that one search finds at once, and characters that are shown of each. */
export const maxFoundAtOnce = 25;
export const maxExcerptCharacters = 300;

/** How long a person may take to say whether a file of another person is wanted. */
export const consentMs = 600_000;

/** How long a file waits for a person whose connection was lost in the middle of it. */
export const comeBackMs = 300_000;

/** Files that are asked of every student at once. */
export const maxCollections = 50;

/** Students who are remembered as asked for one of them, and how often teachers are told what has changed. */
export const maxAskedRemembered = 5_000;
export const handinsToldEveryMs = 250;

/** Names, and receipts, in one `handins`: frames have 64 KiB, a name up to 128 bytes, a receipt some 800. */
export const maxAskedAtOnce = 200;
export const maxReceiptsAtOnce = 40;

/** Errors, and warnings, that a teacher is told of a file of questions, and characters of each: frames have 64 KiB. */
export const maxFindingsTold = 10;
export const maxFindingCharacters = 400;

/** Files of teachers that go to a whole room at once, and how many are remembered, those that are over among them. */
export const maxPushes = 8;
export const maxPushesRemembered = 20;

/** How often a teacher is told how far such a file is, and of how many receivers: frames have 64 KiB. */
export const pushRowsToldEveryMs = 400;
export const maxPushRowsAtOnce = 50;
export const maxPushTextCharacters = 100;

/** How often the operator is told how many have a file that goes to many. */
export const pushToldEveryMs = 5_000;
