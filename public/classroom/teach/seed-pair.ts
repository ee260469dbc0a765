/** The two files of the first pcs, questions and answers, among files that were chosen together. */

/** @returns undefined unless there are just these two: one has `ans` in its name, and the other has not */
export function seedPair<T extends { readonly name: string }>(
  files: readonly T[],
): { questions: T; answers: T } | undefined {
  const [first, second] = files;
  if (files.length !== 2 || first === undefined || second === undefined) return undefined;
  const [isFirst, isSecond] = [first, second].map(({ name }) => /ans/i.test(name));
  if (isFirst === isSecond) return undefined;
  return isFirst === true ? { questions: second, answers: first } : { questions: first, answers: second };
}
