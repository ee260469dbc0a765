/** scikit-learn's isolation forest in a process of its own, on one core: told what to do line by line. */
import { existsSync } from "node:fs";

export interface Scikit {
  /** Reads a table: gzipped CSV, 1 in the last column for an outlier. */
  open(path: string): Promise<void>;
  /** Grows 100 trees of 256 rows over the table. */
  fit(seed: number): Promise<void>;
  /** Scores the table: the AUROC, and what the scoring alone took. */
  score(): Promise<{ area: number; seconds: number }>;
  /** The score of each row, higher is stranger. */
  scores(): Promise<Float64Array>;
  stop(): Promise<void>;
}

const program = `
import base64, gzip, json, sys, time, warnings
try:
    import numpy
    from sklearn.ensemble import IsolationForest
    from sklearn.metrics import roc_auc_score
except ImportError:
    sys.exit()
warnings.filterwarnings("ignore")
print(json.dumps(None), flush=True)
for line in sys.stdin:
    name, value = json.loads(line)
    answer = None
    if name == "open":
        table = numpy.loadtxt(gzip.open(value), delimiter=",")
        rows, labels = table[:, :-1], table[:, -1]
    elif name == "fit":
        forest = IsolationForest(n_estimators=100, max_samples=256, random_state=value, n_jobs=1).fit(rows)
    elif name == "scores":
        answer = base64.b64encode((-forest.score_samples(rows)).astype("<f8").tobytes()).decode()
    else:
        start = time.perf_counter()
        scores = -forest.score_samples(rows)
        answer = {"seconds": time.perf_counter() - start, "area": roc_auc_score(labels, scores)}
    print(json.dumps(answer), flush=True)
`;

/** @returns undefined where this machine has no scikit-learn */
export async function startScikit(): Promise<Scikit | undefined> {
  // Debian's packages are for Debian's Python, whatever other stands before it in the path.
  const python = ["/usr/bin/python3", Bun.which("python3") ?? ""].find((path) => existsSync(path));
  if (python === undefined) return undefined;
  const child = Bun.spawn({
    cmd: [python, "-c", program],
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  const answers = linesOf(child.stdout);
  if ((await answers.next()).done === true) return undefined;
  const ask = async (name: string, value?: string | number): Promise<unknown> => {
    await child.stdin.write(`${JSON.stringify([name, value])}\n`);
    await child.stdin.flush();
    const answer = await answers.next();
    if (answer.done === true) throw new Error("scikit-learn ended before it answered");
    return JSON.parse(answer.value);
  };
  return {
    async open(path) {
      await ask("open", path);
    },
    async fit(seed) {
      await ask("fit", seed);
    },
    async score() {
      return (await ask("score")) as { area: number; seconds: number };
    },
    async scores() {
      const bytes = Uint8Array.fromBase64((await ask("scores")) as string);
      return new Float64Array(bytes.buffer);
    },
    async stop() {
      await child.stdin.end();
      await child.exited;
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let tail = "";
  for await (const chunk of stream) {
    const parts = (tail + decoder.decode(chunk, { stream: true })).split("\n");
    tail = parts.pop() ?? "";
    yield* parts;
  }
  return undefined;
}
