import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { encodeFrame } from "./frame.ts";
import { headerCode, headerNames, unknownHeader } from "./header.ts";
import { maxPayloadBytes } from "./limits.ts";
import { decodeAll, decodeSlowly, type DecoderEvent, type Step } from "./record.test-support.ts";
import { FrameDecoder } from "./decoder.ts";

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const latin1 = (text: string) => Buffer.from(text).toString("latin1");
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** A frame whose count is of characters, as the original writes it. */
function countedByCharacters(header: string, text: string): Uint8Array {
  const frame = encodeFrame(header, text);
  new DataView(frame.buffer).setUint32(2 + header.length, Array.from(text).length);
  return frame;
}

const file = (content: string): DecoderEvent => ({ kind: "file", content });
const msg = (payload: string): DecoderEvent => ({ kind: "frame", header: headerCode.msg, payload });

describe("frames", () => {
  test("several in one chunk", () => {
    const chunk = join(encodeFrame("msg", "one"), encodeFrame("msg", ""), encodeFrame("msg", "three"));
    expect(decodeAll([chunk])).toEqual([msg("one"), msg(""), msg("three")]);
  });

  test("an unknown header, also one that is no UTF-8 or empty, is told and the next frame is read", () => {
    for (const header of [
      bytesOf("shout"),
      new Uint8Array([0xff, 0xfe]),
      new Uint8Array(0),
      new Uint8Array(64),
    ]) {
      const frame = join(new Uint8Array([0, header.length]), header, new Uint8Array([0, 0, 0, 1, 0x41]));
      expect(decodeAll([join(frame, encodeFrame("msg", "hi"))])).toEqual([
        { kind: "frame", header: unknownHeader, payload: "A" },
        msg("hi"),
      ]);
    }
  });

  test("a header of 65 bytes is a violation as soon as its length is there", () => {
    expect(decodeAll([new Uint8Array([0, 65])])).toEqual([{ kind: "violation" }]);
    expect(decodeAll([new Uint8Array([0x47, 0x45, 0x54, 0x20])])).toEqual([{ kind: "violation" }]);
  });

  test("a payload over 1 MiB, also one that looks negative, is a violation before a byte of it is kept", () => {
    for (const size of [maxPayloadBytes + 1, 0x80000000, 0xffffffff]) {
      const start = encodeFrame("msg", "");
      new DataView(start.buffer).setUint32(5, size);
      expect(decodeAll([start, bytesOf("xxxx")])).toEqual([{ kind: "violation" }]);
    }
  });

  test("a payload of exactly 1 MiB passes, a byte short of it nothing does", () => {
    const frame = encodeFrame("msg", new Uint8Array(maxPayloadBytes).fill(0x61));
    expect(decodeAll([frame])).toHaveLength(1);
    expect(decodeAll([frame.subarray(0, -1)])).toEqual([]);
  });

  test("a megabyte that comes byte by byte costs no more than its bytes", () => {
    const frame = encodeFrame("msg", new Uint8Array(maxPayloadBytes).fill(0x61));
    let frames = 0;
    const decoder = new FrameDecoder({
      frame: () => frames++,
      fileData() {},
      fileEnd() {},
      violation() {},
    });
    const startedAt = performance.now();
    for (let i = 0; i < frame.length; i++) decoder.push(frame.subarray(i, i + 1));
    expect(frames).toBe(1);
    expect(decoder.heldBytes).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test("on hold nothing is decoded, and release goes on where it stopped", () => {
    const seen: string[] = [];
    const decoder: FrameDecoder = new FrameDecoder({
      frame(_header, bytes, start, end) {
        seen.push(Buffer.from(bytes.subarray(start, end)).toString());
        if (seen.length === 1) decoder.hold();
      },
      fileData() {},
      fileEnd() {},
      violation() {},
    });
    decoder.push(join(encodeFrame("info", "first"), encodeFrame("info", "second")));
    decoder.push(encodeFrame("info", "third"));
    expect(seen).toEqual(["first"]);
    decoder.release();
    expect(seen).toEqual(["first", "second", "third"]);
  });
});

describe("lengths that may count characters", () => {
  const text = "été 🎓";

  test("bytes, when a known header follows", () => {
    const steps = [join(encodeFrame("msg", text), encodeFrame("msg", text), countedByCharacters("msg", "é"))];
    // Once known, a count is taken by its word: the last frame is one byte of its two.
    expect(decodeAll(steps).slice(0, 3)).toEqual([msg(latin1(text)), msg(latin1(text)), msg("\xc3")]);
  });

  test("bytes, when 50 ms of silence follow", () => {
    expect(decodeAll([encodeFrame("msg", text)])).toEqual([]);
    expect(decodeAll([encodeFrame("msg", text), "silence"])).toEqual([msg(latin1(text))]);
  });

  test("characters, when the rest of the text follows, at once and for the connection", () => {
    const frame = countedByCharacters("msg", text);
    expect(decodeAll([frame])).toEqual([msg(latin1(text))]);
    expect(decodeAll([join(frame, frame), "silence", frame])).toEqual([
      msg(latin1(text)),
      msg(latin1(text)),
      msg(latin1(text)),
    ]);
  });

  test("characters for a file_transfer while unknown, and nothing is learnt by it", () => {
    const steps = [
      join(countedByCharacters("file_transfer", "file_to_server:é.txt"), bytesOf("dataEOF")),
      "silence" as const,
      encodeFrame("msg", "é"),
      "silence" as const,
    ];
    expect(decodeAll(steps)).toEqual([
      { kind: "frame", header: headerCode.file_transfer, payload: latin1("file_to_server:é.txt") },
      { kind: "file", content: "data" },
      msg(latin1("é")),
    ]);
  });

  test("bytes for a file_transfer once that is known", () => {
    const steps = [
      join(
        encodeFrame("info", "é"),
        encodeFrame("file_transfer", "file_to_server:é.txt"),
        bytesOf("dataEOF"),
      ),
      "silence" as const,
    ];
    expect(decodeAll(steps).at(-1)).toEqual({ kind: "file", content: "data" });
  });
});

describe("raw files", () => {
  const start = encodeFrame("file_transfer", "file_to_server:f");

  test("end at EOF and silence", () => {
    expect(decodeAll([join(start, bytesOf("abcEOF"))]).slice(1)).toEqual([]);
    expect(decodeAll([join(start, bytesOf("abcEOF")), "silence"]).slice(1)).toEqual([file("abc")]);
  });

  test("end at EOF and a frame, without a wait", () => {
    expect(decodeAll([join(start, bytesOf("abcEOF"), encodeFrame("msg", "x"))]).slice(1)).toEqual([
      file("abc"),
      msg("x"),
    ]);
  });

  test("hold EOF as data when anything else follows", () => {
    const content = "EOFaEOEOFEOFbEOF";
    expect(decodeAll([join(start, bytesOf(`${content}EOF`)), "silence"]).slice(1)).toEqual([file(content)]);
    expect(decodeAll([start, bytesOf("aEOF"), bytesOf("bEOF"), "silence"]).slice(1)).toEqual([file("aEOFb")]);
  });

  test("hold EOF as data when only the beginning of a frame follows and then something else", () => {
    const content = join(bytesOf("aEOF"), new Uint8Array([0, 3]), bytesOf("mst"));
    const expected = [file(Buffer.from(content).toString("latin1"))];
    expect(decodeAll([join(start, content, bytesOf("EOF")), "silence"]).slice(1)).toEqual(expected);
  });

  test("may be empty", () => {
    expect(decodeAll([join(start, bytesOf("EOF")), "silence"]).slice(1)).toEqual([file("")]);
  });

  test("of every size pass at every split point around the mark", () => {
    for (const size of [0, 1, 2, 3, 1021, 1022, 1023, 1024]) {
      const content = "x".repeat(size);
      const stream = join(start, bytesOf(`${content}EOF`), encodeFrame("msg", "after"));
      for (let cut = Math.max(start.length, stream.length - 20); cut < stream.length; cut++)
        expect(decodeAll([stream.subarray(0, cut), stream.subarray(cut)]).slice(1)).toEqual([
          file(content),
          msg("after"),
        ]);
    }
  });
});

/** A day of a client: every header, both ways of counting in one place each, files with marks inside. */
const day = join(
  encodeFrame("info", "yes"),
  encodeFrame("info", "Zoë"),
  encodeFrame("info", "pässword"),
  encodeFrame("msg", "hi"),
  encodeFrame("to", "bob: x"),
  encodeFrame("shout", "?"),
  encodeFrame("file_transfer", "file_to_server:a.txt"),
  bytesOf("oneEOFtwoEOEOF"),
  encodeFrame("quiz_answer", "a b c"),
  encodeFrame("cmd", "disconnect"),
);

test("every split point of a stream gives the same frames", () => {
  const whole = decodeAll([day]);
  expect(whole).toHaveLength(10);
  for (let cut = 0; cut <= day.length; cut++)
    expect(decodeAll([day.subarray(0, cut), day.subarray(cut)])).toEqual(whole);
  expect(decodeAll([...day].map((byte) => new Uint8Array([byte])))).toEqual(whole);
});

test("every truncation of a stream gives the frames before it and nothing else", () => {
  const whole = decodeAll([day]);
  for (let cut = 0; cut < day.length; cut++) {
    const part = decodeAll([day.subarray(0, cut)]);
    expect(part).toEqual(whole.slice(0, part.length));
  }
});

describe("against the slow twin", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom("EOF", "é", "🎓é", ""),
  );
  const header = fc.constantFrom(...headerNames, "shout");
  const piece = fc.oneof(
    fc.tuple(header, text).map(([name, payload]) => encodeFrame(name, payload)),
    fc.tuple(header, text).map(([name, payload]) => countedByCharacters(name, payload)),
    fc
      .tuple(text, fc.constantFrom("EOF", "EO", "EOFE"))
      .map(([content, mark]) =>
        join(encodeFrame("file_transfer", "file_to_server:f"), bytesOf(content + mark)),
      ),
    fc.uint8Array({ maxLength: 6 }),
    fc.constantFrom(
      new Uint8Array([0, 3]),
      new Uint8Array([0]),
      bytesOf("EOF"),
      new Uint8Array([0, 3, 0x6d]),
    ),
  );
  const steps = fc.array(fc.oneof(piece, fc.constant("silence" as const)), { maxLength: 12 });

  test("any stream, cut anywhere", () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat(9)), (stream, sizes) => {
        expect(decodeAll(cutUp(stream, sizes))).toEqual(decodeSlowly(stream));
      }),
      { numRuns: 3000 },
    );
  });

  test("arbitrary bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
        expect(decodeAll(chunks)).toEqual(decodeSlowly(chunks));
      }),
      { numRuns: 2000 },
    );
  });
});

function cutUp(stream: readonly Step[], sizes: Iterator<number>): Step[] {
  const steps: Step[] = [];
  for (const step of stream) {
    if (step === "silence") steps.push(step);
    else
      for (let at = 0; at < step.length;) {
        const size = 1 + Number(sizes.next().value);
        steps.push(step.subarray(at, at + size));
        at += size;
      }
  }
  return steps;
}
