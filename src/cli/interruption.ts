/** Ctrl-C and a request to end, for commands that have something to put in order first. */

/** The first one ends what is being done in order, a second one at once. */
export class Interruption {
  happened = false;
  /** What the first one does; before anything is being read there is nothing to put in order. */
  onFirst = (): void => process.exit(130);
  readonly first: Promise<void>;
  private resolveFirst = (): void => {};

  constructor() {
    this.first = new Promise((resolve) => (this.resolveFirst = resolve));
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, this.hear);
  }

  release(): void {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, this.hear);
  }

  private readonly hear = (): void => {
    if (this.happened) process.exit(130);
    this.happened = true;
    this.onFirst();
    this.resolveFirst();
  };
}
