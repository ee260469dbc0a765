/**
 * Frames that nobody should send, by the thousand, from a seed: known headers with payloads that are nearly right,
 * payloads that are not, and now and then bytes that are no frame.
 */
import { encodeFrame } from "./frame.ts";
import { headerNames } from "./header.ts";
import { v2HeaderNames } from "./v2/header.ts";

export type FuzzedProtocol = "v1" | "v2";

const words = [
  "main",
  "x",
  "",
  "ann",
  "eve",
  "bob:hi",
  ":",
  "../x",
  "a.txt",
  "CON",
  "a\0b",
  "ü\u202e\u001b[2J",
  "🙂".repeat(20),
  "disconnect",
  "file_to_server:a.txt",
  "file_to:eve:../b",
  "a b c",
  "x".repeat(300),
  "0".repeat(64),
  "question",
  "closed",
  "timed",
  "teacher",
  "token",
  "login",
  "closing",
];

const asciiWords = words.filter((word) => /^[\x00-\x7f]*$/.test(word));

/** Fields of all frames, so that each frame has some of its own and some of another. */
const fields =
  `tag ask room number transfer size name to from offset upTo since keep history before count id text code quiz
   answer sha256 password create token version tls capabilities seat role lastTag seen members memberCount missed
   skipped rooms here chat files folder resume title questions pace options seconds round form prompts leftMs
   answered points score of fraction right feedback phase paused team words found more behind read unread kept
   people hands do why`.split(/\s+/);

const numbers = [0, 1, 2, 3, 7, 255, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 40, 2 ** 53 - 1, 2 ** 60, -1, 0.5];

export class FrameFuzz {
  #state: number;
  readonly #protocol: FuzzedProtocol;
  readonly #headers: readonly string[];
  /** Whether every length is right, however it is counted. */
  readonly isAscii: boolean;

  /** @param without headers that are not sent, because they would end what is looked at */
  constructor(protocol: FuzzedProtocol, seed: number, without: readonly string[] = []) {
    this.#protocol = protocol;
    this.#state = (seed * 2_654_435_761 + 1) >>> 0;
    this.isAscii = protocol === "v1" && seed % 4 > 0;
    const known = protocol === "v1" ? headerNames : v2HeaderNames;
    this.#headers = known.filter((name) => !without.includes(name));
  }

  /** A number from 0 up to `below`. */
  below(below: number): number {
    // xorshift32
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state % below;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** So many frames, one behind the other. */
  frames(count: number): Uint8Array {
    return Buffer.concat(Array.from({ length: count }, () => this.frame()));
  }

  frame(): Uint8Array {
    const header =
      this.below(30) === 0 ? this.pick(["zzz", "", "hello?", "M", "\xff"]) : this.pick(this.#headers);
    const payload = this.#payload();
    if (this.#protocol === "v1" && header === "file_transfer") return this.#rawFile(payload);
    return encodeFrame(header, payload);
  }

  /** Bytes that are no frame: whoever reads them cannot go on. */
  rubbish(): Uint8Array {
    return this.pick([
      Buffer.from([0xff, 0xff, 1, 2, 3]),
      Buffer.concat([encodeFrame("msg", "").subarray(0, 5), Buffer.from([0xff, 0xff, 0xff, 0xff])]),
      Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
      Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]),
    ]);
  }

  #rawFile(payload: Uint8Array): Uint8Array {
    const notice = this.pick(["file from server:a.txt", "file_to:eve:b.txt", "file_to_server:c.txt"]);
    return Buffer.concat([encodeFrame("file_transfer", notice), payload, Buffer.from("EOF")]);
  }

  #payload(): Uint8Array {
    // Where lengths may count characters, bytes that are none lead the reader astray.
    const kind = this.isAscii ? 9 : this.below(10);
    if (kind === 0) return this.#bytes(this.below(60));
    if (kind === 1) return Buffer.from(this.pick(words));
    if (kind === 2) return Buffer.concat([this.#head(), this.#bytes(this.below(40))]);
    if (this.#protocol === "v1") return Buffer.from(this.pick(this.isAscii ? asciiWords : words));
    if (kind < 5) return Buffer.concat([this.#head(), Buffer.from(this.pick(words))]);
    const json = Buffer.from(JSON.stringify(this.#object(3)));
    if (this.below(20) === 0 && json.length > 0) json[this.below(json.length)] = this.below(256);
    return json;
  }

  /** Small numbers as binary heads have them, and a short text with its length. */
  #head(): Uint8Array {
    const head = Buffer.alloc(4 * this.below(6));
    for (let at = 0; at < head.length; at += 4) head.writeUInt32BE(this.pick(numbers.slice(0, 9)) >>> 0, at);
    return this.below(2) === 0 ? head : Buffer.concat([head, Buffer.from([3]), Buffer.from("eve")]);
  }

  #bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256));
  }

  #object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = { ask: this.below(9), tag: 1 + this.below(1e6) };
    for (let i = this.below(8); i > 0; i--) object[this.pick(fields)] = this.#value(depth);
    return object;
  }

  #value(depth: number): unknown {
    switch (this.below(depth > 0 ? 7 : 4)) {
      case 0:
        return this.pick(numbers);
      case 1:
        return this.below(2) === 0;
      case 2:
      case 3:
        return this.pick(words);
      case 4:
        return Array.from({ length: this.below(4) }, () => this.#value(depth - 1));
      case 5:
        return this.#object(depth - 1);
      default:
        return null;
    }
  }
}
