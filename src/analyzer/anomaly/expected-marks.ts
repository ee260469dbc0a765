/** The port to what people marked as expected: a cause that is not to be raised again. */

export interface ExpectedMark {
  /** An episode's. */
  key: string;
  /** What it is, as the episode said it. */
  text: string;
  /** Seconds since 1970. */
  since: number;
}

export interface ExpectedMarks {
  /** The latest first. */
  list(): ExpectedMark[];
  has(key: string): boolean;
  /**
   * Marks it; what is marked already stays as it is.
   * @returns false where no more are kept
   * @throws ExpectedError where it cannot be kept
   */
  add(mark: ExpectedMark): boolean;
  /** Takes the mark away, if there is one. @throws ExpectedError where that cannot be kept */
  remove(key: string): void;
  close(): void;
}
