/** Limits of what is remembered about episodes. What gives way is counted. */

/** Seconds without anything strange after which the same is another episode. */
export const episodeGapSeconds = 10;

/** Episodes that may still go on; the one that was silent longest ends where there is another. */
export const openEpisodes = 1024;

/** Episodes kept that have ended, and at times up to twice as many; the least grave give way. */
export const keptEpisodes = 1000;

/** Episodes in a snapshot, where nobody asks for more. */
export const toldEpisodes = 100;

/** Hosts of an episode told apart; of more, the most frequent, and how many they are all is estimated. */
export const talliedHosts = 64;

/** Hosts named in an episode. */
export const namedHosts = 8;

/** Reasons and protocols remembered of an episode. */
export const episodeReasons = 16;
export const episodeProtocols = 8;

/** Reasons told of an episode. */
export const toldReasons = 5;
