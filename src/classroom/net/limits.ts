/** What one connection may cost. */

/** Bytes that wait for one reader before it is told that it is too slow, and dropped. */
export const maxQueuedBytes = 16 << 20;

/** Most bytes gathered out of small chunks into one write. */
export const maxGatheredBytes = 256 << 10;

/** Bytes a room's log may hold within one tick before it is written out at once. */
export const maxLogBytes = 1 << 20;

/** Bytes that may wait undecoded while a login is checked; beyond it the socket is not read. */
export const maxHeldBytes = 64 << 10;

/** How long a connection that is being closed may take to read its last frames. */
export const lingerMs = 3_000;

/** The same for a reader that is dropped because it is slow: what tells it so is behind all that waits for it. */
export const slowLingerMs = 15_000;

/** Bytes of a raw file in one write. */
export const rawChunkBytes = 64 << 10;

/** A reader of a raw file that takes no byte for this long is dropped. */
export const rawStallMs = 60_000;

/** Bytes in one message to a page. */
export const maxPageMessageBytes = 256 << 10;

/**
 * How long small news (who came, who left, who types) may wait for more to go out with it: at least this, and longer
 * for each who hears it. A write that wakes its reader takes some 0.03 ms, so news take a thirtieth of the time: where
 * a class comes back at once there are better uses for it.
 */
export const newsDelayMs = 25;
export const newsDelayOfReaderMs = 1;
export const maxNewsDelayMs = 1_000;
