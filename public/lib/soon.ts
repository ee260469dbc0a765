/** What changes many times a second is shown a few times: an eye takes in no more. */

/** @returns calls `run` once within `ms` milliseconds, however often it is called itself */
export function soon(run: () => void, ms: number): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      run();
    }, ms);
  };
}
