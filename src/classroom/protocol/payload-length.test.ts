/** A server's file notices that are not ASCII, while nothing is known of how the server counts. */
import { describe, expect, test } from "bun:test";
import { FrameDecoder } from "./decoder.ts";
import { headerCode } from "./header.ts";

const notice = "file from server:é漢.txt";

/** @param count what the length says */
function frameOf(payload: string, count: number): Buffer {
  const frame = Buffer.alloc(19 + Buffer.byteLength(payload));
  frame.writeUInt16BE(13);
  frame.write("file_transfer", 2);
  frame.writeUInt32BE(count, 15);
  frame.write(payload, 19);
  return frame;
}

/** What a client hears: notice, file and the counting it has learnt; silence falls between the chunks. */
function hear(chunks: readonly Buffer[], fromServer = true): string[] {
  const heard: string[] = [];
  let content = "";
  const decoder: FrameDecoder = new FrameDecoder({
    frame(header, bytes, start, end) {
      heard.push(Buffer.from(bytes.subarray(start, end)).toString());
      if (header === headerCode.file_transfer) decoder.expectFile();
    },
    fileData(bytes, start, end) {
      content += Buffer.from(bytes.subarray(start, end)).toString();
    },
    fileEnd() {
      heard.push(content);
    },
    violation() {
      heard.push("violation");
    },
  });
  decoder.fromServer = fromServer;
  for (const chunk of chunks) {
    decoder.push(Uint8Array.from(chunk));
    if (decoder.silenceMs > 0) decoder.silence();
  }
  return [...heard, decoder.counting];
}

const ofOriginal = frameOf(`${notice}\n`, notice.length + 1);
const ofPcs = frameOf(notice, Buffer.byteLength(notice));

describe("a notice that is not ASCII", () => {
  test("of the original: characters, up to the line feed", () => {
    expect(hear([Buffer.concat([ofOriginal, Buffer.from("helloEOF")])])).toEqual([
      `${notice}\n`,
      "hello",
      "characters",
    ]);
  });

  test("of the original, with nothing behind it yet", () => {
    expect(hear([ofOriginal, Buffer.from("helloEOF")])).toEqual([`${notice}\n`, "hello", "characters"]);
  });

  test("of pcs: bytes, with silence behind it, however short the file is", () => {
    for (const content of ["", "h", "\n", "\n\n\n\n\n", "hello"])
      expect(hear([ofPcs, Buffer.from(`${content}EOF`)])).toEqual([notice, content, "bytes"]);
  });

  test("of pcs with the file at once", () => {
    expect(hear([Buffer.concat([ofPcs, Buffer.from("helloEOF")])])).toEqual([notice, "hello", "bytes"]);
  });

  test("of a client stays what it was: characters", () => {
    const request = "file_to_server:é.txt";
    expect(hear([Buffer.concat([frameOf(request, request.length), Buffer.from("helloEOF")])], false)).toEqual(
      [request, "hello", "unknown"],
    );
  });
});
