/** Limits of what is remembered about hosts, pairs and shapes. Contexts that give way are counted. */

/** Senders remembered, and as many receivers: 64 bytes each, and 128 a set of different things. */
export const hostRecords = 16_384;

/** Pairs of addresses remembered: 128 bytes each, and as much a set. */
export const pairRecords = 32_768;

/** Shapes of packets (transport, flags and size) remembered. */
export const shapeRecords = 8192;

/** Services whose packet sizes are remembered. */
export const serviceRecords = 4096;

/** Connections whose records are known without a look at the tables, 64 bytes each. */
export const knownPaths = 32_768;

/** IPv6 extension headers counted in one packet. */
export const maxExtensionHeaders = 32;

/** What "of late" means: the time constant of sums, and the length of a window of different things. */
export const lateSeconds = 10;
/** The same for what a pair sends, for the ports it uses, and for the packets of one shape. */
export const pairSeconds = 60;
export const longSeconds = 300;
export const shapeSeconds = 1;

/** A pause after which a pair's packets are another burst. */
export const burstPauseSeconds = 2;

/** After which time, and how many packets, a path's records are told of them at the latest. */
export const settleSeconds = 0.25;
export const maxPending = 255;
