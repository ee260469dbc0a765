/** Where scores are kept: the port that `store/disk` implements. */
export interface ScoreBook {
  /**
   * Adds the row `NAME,SCORE`, on disk when this resolves.
   * @param file a plain file name
   * @returns words that fit behind a colon where it could not be kept
   */
  add(file: string, name: string, score: number): Promise<string | undefined>;
}
