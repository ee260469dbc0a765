/** The numbers of the second protocol; those of its frame are in `../limits.ts`. */

/** Longest payload of `hello`, in bytes: it is read before anybody is known. */
export const maxHelloBytes = 4096;

/** Longest payload of any other frame that holds JSON, in bytes. */
export const maxControlBytes = 64 << 10;

/** Longest text of one message, in bytes. */
export const maxTextBytes = 64 << 10;

/** Longest file of answers that goes along with an offer of questions, in characters (UTF-16 units). */
export const maxAnswersCharacters = 16_384;

/** Longest data of one chunk of a file, in bytes. */
export const maxChunkBytes = 256 << 10;

/** Longest payload of `ping`, in bytes. */
export const maxPingBytes = 32;

/** Longest name of a person in UTF-8, in bytes: 32 characters of four. */
export const maxNameBytes = 128;

/** Longest name of a room, in characters. */
export const maxRoomNameCharacters = 32;

/** Shortest password that the second protocol lets somebody register with, in bytes. */
export const minPasswordBytes = 8;

/** Most messages that one `joined` or `history` brings; what is older is asked for by another `history`. */
export const maxHistoryMessages = 500;

/** How deep JSON may nest; the frames need 3, and a later version may need more. */
export const maxNesting = 16;

/** Data of one chunk that pcs sends: little, so that other frames come through between. */
export const pieceBytes = 64 << 10;
