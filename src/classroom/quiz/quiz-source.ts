/** Where quiz files come from: the port that `store/disk` implements. */
export interface QuizSource {
  /**
   * Reads a text file.
   * @param folder as the operator typed it, from the working folder
   * @throws ExpectedError with one sentence where it cannot be read
   */
  read(folder: string, file: string): Promise<string>;
}
