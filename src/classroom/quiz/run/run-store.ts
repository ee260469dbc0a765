/** Where runs are kept while they run, and their results: the port that `store/disk` implements. */
export interface RunStore {
  /**
   * Begins a journal and a place for its results under a name that nothing has.
   * @param wish becomes the name, with a number behind it where that is taken
   * @param head the first line, with its line end
   * @throws ExpectedError with one sentence where it cannot be kept
   */
  begin(wish: string, head: string): Promise<RunJournal>;
  /** The journals of runs that had not ended when their server did, the latest last. Asked for once. */
  left(): LeftRun[];
}

export interface LeftRun {
  readonly journal: RunJournal;
  /** Whole lines, the head first; lines that are no UTF-8 are empty. */
  readonly text: string;
}

/** Lines appended one after the other; those that come together are synced together. */
export interface RunJournal {
  readonly name: string;
  /** @returns when the line is on disk: undefined, or words that fit behind a colon where it is not, and never will be */
  append(line: string): Promise<string | undefined>;
  /**
   * Appends a line that nobody waits for. While the disk takes nothing it is owed, and written before all that
   * comes later; a later line with the same key takes its place.
   */
  owe(key: string, line: string): void;
  /** Writes what is owed, if the disk takes it now. @returns words behind a colon where it does not */
  settle(): Promise<string | undefined>;
  /** Writes or replaces the results of this run. @returns their paths, or words that fit behind a colon */
  writeResults(json: string, csv: string): Promise<{ paths: string[] } | { failure: string }>;
  /**
   * The journal has damaged lines: keeps it aside as it is, and goes on with these lines.
   * @returns where it is kept, undefined where that failed and the journal goes on as it is
   */
  replace(text: string): Promise<string | undefined>;
  /** The run is over and its results are written: it is not left any more. @param kept `damaged` where it cannot be read */
  putAside(kept: "done" | "damaged"): Promise<string>;
  /** Writes what waits, and gives the file back; the run is left for the next server. */
  close(): Promise<void>;
}
