/** Limits of what is remembered about hosts, pairs and shapes. Contexts that give way are counted. */

/** Senders remembered, and as many receivers. */
export const hostSlots = 16_384;

/** Pairs of sender and receiver remembered. */
export const pairSlots = 32_768;

/** Shapes of packets (transport, flags and size) remembered. */
export const shapeSlots = 8192;

/** IPv6 extension headers counted in one packet. */
export const maxExtensionHeaders = 32;
