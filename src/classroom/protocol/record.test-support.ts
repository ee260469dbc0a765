/** Decoders as lists of what they found, the fast one and a slow obvious twin of it, for the tests. */
import { FrameDecoder } from "./decoder.ts";
import { headerCode, headerNames } from "./header.ts";

/** What a decoder told. Payloads and file bytes as Latin-1, so that any byte can be compared and printed. */
export type DecoderEvent =
  | { kind: "frame"; header: number; payload: string }
  | { kind: "file"; content: string }
  | { kind: "violation" };

/** One thing that happens to a connection: bytes arrive, or there is a long silence. */
export type Step = Uint8Array | "silence";

/** Every whole frame and file of the steps, as the fast decoder sees them. */
export function decodeAll(
  steps: readonly Step[],
  counting: FrameDecoder["counting"] = "unknown",
): DecoderEvent[] {
  const events: DecoderEvent[] = [];
  let content = "";
  const decoder: FrameDecoder = new FrameDecoder({
    frame(header, bytes, start, end) {
      events.push({ kind: "frame", header, payload: latin1(bytes.subarray(start, end)) });
      if (header === headerCode.file_transfer) decoder.expectFile();
    },
    fileData(bytes, start, end) {
      content += latin1(bytes.subarray(start, end));
    },
    fileEnd() {
      events.push({ kind: "file", content });
      content = "";
    },
    violation() {
      events.push({ kind: "violation" });
    },
  });
  decoder.counting = counting;
  for (const step of steps) {
    // A copy, so that a decoder that kept the chunk itself would be found out.
    if (step !== "silence") {
      const chunk = Uint8Array.from(step);
      decoder.push(chunk);
      chunk.fill(0x5a);
    } else if (decoder.silenceMs > 0) decoder.silence();
  }
  return events;
}

/**
 * The same by the words of the protocol's text, with everything in view at once: one string, the places of the
 * silences in it, and no state but how the peer counts.
 */
export function decodeSlowly(steps: readonly Step[]): DecoderEvent[] {
  let all = "";
  const silences: number[] = [];
  for (const step of steps)
    if (step === "silence") silences.push(all.length);
    else all += latin1(step);

  /** The bytes from `place` to the next silence, and whether there is one. */
  const run = (place: number): [string, boolean] => {
    const next = silences.find((silence) => silence >= place);
    return [all.slice(place, next), next !== undefined];
  };
  const starts = headerNames.map((name) => String.fromCharCode(0, name.length) + name);
  const events: DecoderEvent[] = [];
  let counting = "unknown";
  let at = 0;
  while (at < all.length) {
    if (all.length < at + 2) break;
    const headerLength = all.charCodeAt(at) * 256 + all.charCodeAt(at + 1);
    if (headerLength > 64) return [...events, { kind: "violation" }];
    const headerText = all.slice(at + 2, at + 2 + headerLength);
    const header = headerNames.findIndex((name) => name === headerText);
    const place = at + 2 + headerLength;
    if (all.length < place + 4) break;
    const count = Number.parseInt(Buffer.from(all.slice(place, place + 4), "latin1").toString("hex"), 16);
    if (count > 1048576) return [...events, { kind: "violation" }];
    const body = place + 4;
    if (all.length < body + count) break;
    let payload: string | undefined = all.slice(body, body + count);
    if (/[\x80-\xff]/.test(payload)) {
      let byCharacters = counting === "characters";
      if (counting === "unknown") {
        const [behind, silent] = run(body + count);
        const known = starts.some((start) => behind.startsWith(start));
        const begun = !known && starts.some((start) => start.startsWith(behind));
        if (header === headerCode.file_transfer) byCharacters = true;
        else if (begun && !silent) break;
        else byCharacters = !known && !begun;
      }
      const short = payload;
      if (byCharacters) payload = characters(all.slice(body), count);
      if (payload === undefined) break;
      if (header !== headerCode.file_transfer && counting === "unknown")
        counting = byCharacters ? "characters" : "bytes";
      if (!byCharacters) payload = short;
    }
    events.push({ kind: "frame", header, payload });
    at = body + payload.length;
    if (header === headerCode.file_transfer) {
      const end = endOfFile(all, at, run, starts);
      if (end === undefined) break;
      events.push({ kind: "file", content: all.slice(at, end) });
      at = end + 3;
    }
  }
  return events;
}

function endOfFile(
  all: string,
  start: number,
  run: (place: number) => [string, boolean],
  starts: string[],
): number | undefined {
  for (let mark = all.indexOf("EOF", start); mark >= 0; mark = all.indexOf("EOF", mark + 3)) {
    const [behind, silent] = run(mark + 3);
    const start = starts.find((candidate) => behind.startsWith(candidate));
    if (start === undefined) {
      if (!starts.some((candidate) => candidate.startsWith(behind))) continue;
      return silent ? mark : undefined;
    }
    if (behind.length >= start.length + 4) {
      const hex = Buffer.from(behind.slice(start.length, start.length + 4), "latin1").toString("hex");
      const payload = Number.parseInt(hex, 16);
      if (payload > 1048576) continue;
      if (behind.length >= start.length + 4 + payload) return mark;
    }
    return silent ? mark : undefined;
  }
  return undefined;
}

/** The first `count` UTF-8 characters of a byte string; a byte that begins none counts as one. */
function characters(text: string, count: number): string | undefined {
  let end = 0;
  for (let i = 0; i < count; i++) {
    const lead = text.charCodeAt(end);
    if (Number.isNaN(lead)) return undefined;
    end += lead >= 0xf8 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  }
  return end <= text.length ? text.slice(0, end) : undefined;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
