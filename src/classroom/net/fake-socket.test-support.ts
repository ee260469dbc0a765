/** A socket without a network: takes bytes as `FakeWriter` does, and remembers what was done to it. */
import { FakeWriter } from "./fake-writer.test-support.ts";

export class FakeSocket {
  readonly remoteAddress = "192.0.2.1";
  readonly writer = new FakeWriter();
  isPaused = false;
  isEnded = false;
  isTerminated = false;

  write(bytes: unknown, start = 0, length = 0): number {
    if (!(bytes instanceof Uint8Array)) throw new TypeError("a connection writes bytes");
    return this.writer.write(bytes, start, length);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  end(): number {
    this.isEnded = true;
    return 0;
  }

  terminate(): void {
    this.isTerminated = true;
  }
}
