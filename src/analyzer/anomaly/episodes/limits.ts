/** Limits of what is remembered about episodes. What gives way is counted. */

/** Seconds without anything strange after which the same is another episode. */
export const episodeGapSeconds = 10;

/** Episodes that may still go on; the one that was silent longest ends where there is another. */
export const openEpisodes = 1024;

/** Episodes kept that have ended, and at times up to twice as many; the least grave give way. */
export const keptEpisodes = 1000;

/** Episodes in a snapshot, where nobody asks for more. */
export const toldEpisodes = 100;

/** Steps of time in which an episode's packets are counted; beyond it the steps become coarser. */
export const episodeSteps = 512;

/** Numbers that an episode bears besides its own: those of episodes that turned out to be part of it. */
export const episodeNumbers = 1024;

/** Hosts of an episode told apart; of more, the most frequent, and how many they are all is estimated. */
export const talliedHosts = 64;

/** Hosts named in an episode. */
export const namedHosts = 8;

/** Reasons and protocols remembered of an episode. */
export const episodeReasons = 16;
export const episodeProtocols = 8;

/** Reasons told of an episode. */
export const toldReasons = 5;
