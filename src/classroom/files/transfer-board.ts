/** The files that are on their way, a row each, for whoever wants to see how far they are. */
import { formatBytes, formatSeconds } from "../../lib/format-amount.ts";
import { showFileName } from "./file-name.ts";

/** Below this a speed would be a guess. */
const soonestSpeedMs = 500;

interface Row {
  file: string;
  /** Undefined for the operator, or for the server's own store. */
  from: string | undefined;
  to: string | undefined;
  state: "waiting" | "running" | "lost";
  bytes: number;
  size: number;
  /** Where and when it began, over the present connection. */
  firstBytes: number;
  beganMs: number;
}

export interface TransferRow {
  progress(bytes: number, size: number): void;
  /** It begins, or goes on over another connection. */
  goOn(): void;
  /** Its connection was lost, and it waits for another. */
  wait(): void;
  end(): void;
}

export class TransferBoard {
  #now: () => number;
  #rows = new Set<Row>();

  /** @param now milliseconds that never run backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#rows.size;
  }

  begin(about: Pick<Row, "file" | "from" | "to">): TransferRow {
    const row: Row = { ...about, state: "waiting", bytes: 0, size: 0, firstBytes: 0, beganMs: 0 };
    this.#rows.add(row);
    return {
      progress: (bytes, size) => {
        if (row.beganMs === 0) {
          row.firstBytes = bytes;
          row.beganMs = this.#now();
        }
        row.state = "running";
        row.bytes = bytes;
        row.size = size;
      },
      goOn: () => {
        row.beganMs = 0;
      },
      wait: () => {
        row.state = "lost";
      },
      end: () => this.#rows.delete(row),
    };
  }

  /** A line a file and person: `notes.pdf to ann: 45 %, 2.3 MB/s, 3 s left`. */
  lines(): string[] {
    return Array.from(this.#rows, (row) => `${whichWay(row)}: ${this.#state(row)}`);
  }

  #state({ state, bytes, size, firstBytes, beganMs }: Row): string {
    const share = size === 0 ? 0 : Math.floor((bytes / size) * 100);
    if (state === "waiting") return "waits";
    if (state === "lost") return `${share} %, waits for the connection`;
    const elapsedMs = this.#now() - beganMs;
    const speed = elapsedMs < soonestSpeedMs ? 0 : ((bytes - firstBytes) * 1000) / elapsedMs;
    const parts = [`${share} % of ${formatBytes(size)}`];
    if (speed > 0) parts.push(`${formatBytes(speed)}/s`);
    if (speed > 0 && bytes < size) parts.push(`${formatSeconds((size - bytes) / speed)} left`);
    return parts.join(", ");
  }
}

function whichWay({ file, from, to }: Row): string {
  const name = showFileName(file);
  if (to === undefined) return `${name} from ${from}`;
  return from === undefined ? `${name} to ${to}` : `${name} from ${from} to ${to}`;
}
