/** Limits of what the rules remember. What gives way is counted. All are powers of two. */

/** Addresses whose card is known by ARP or DHCP. */
export const ownedAddresses = 4096;

/** Addresses of which is remembered what card their packets came from; the newest displaces. */
export const carriedAddresses = 8192;

/** Cards at once whose claims are watched. */
export const watchedCards = 16;

/** DHCP transactions of which is remembered who answered; the newest displaces. */
export const dhcpTransactions = 256;

/** Fragmented datagrams that are followed at once, 3 KiB each. */
export const followedDatagrams = 256;

/** Pairs of hosts that send each other fragments. */
export const fragmentPairs = 1024;

/** Questions and openings that answers are held against; the newest displaces. */
export const rememberedQuestions = 32_768;

/** Hosts to which come answers that they did not ask for, or that ask for huge ones. */
export const answeredHosts = 4096;

/** Hosts that are sent echo requests. */
export const echoedHosts = 1024;

/** Pairs of client and login service. */
export const loginPairs = 4096;

/** Pairs of client and domain. */
export const tunnelDomains = 4096;

/** Segments of asked DNS names and headers of IPv6 that are looked at in one packet. */
export const maxLabels = 128;
export const maxChainHeaders = 64;
