/** The frames of the original as they crossed the wire, byte for byte. */
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { encodeFrame } from "./frame.ts";
import { lookUpHeader } from "./header.ts";
import * as messages from "./messages.ts";
import { decodeAll } from "./record.test-support.ts";

const path = resolve(import.meta.dir, "../../../../shared/golden/seed-frames.json");

const info = (text: string) => encodeFrame("info", text);

/** Every frame of the file, made by this project's own code. */
const made: Record<string, Uint8Array> = {
  srv_greeting: info(messages.greeting),
  cli_no: info("no"),
  cli_yes: info("yes"),
  cli_user: info("alice"),
  srv_taken: info(messages.nameTaken),
  srv_registered: info(messages.registered),
  cli_pass: info("pw1"),
  srv_bad: info(messages.badLogin),
  srv_badresp: info(messages.badResponse),
  srv_joined: info(messages.welcome),
  srv_bcast_join: info(messages.joined("bob")),
  srv_bcast_left: info(messages.left("bob")),
  cli_msg: encodeFrame("msg", "hii there"),
  srv_msg: encodeFrame("msg", `${messages.groupPrefix("alice")}hii there\n`),
  cli_to: encodeFrame("to", "bob: HI Bob"),
  srv_priv: info(messages.privateText("alice", " HI Bob")),
  srv_op: info(messages.fromServer("hello everyone")),
  cli_disc: encodeFrame("cmd", "disconnect"),
  srv_invalid: encodeFrame("error", messages.invalidMessage),
  cli_up: encodeFrame("file_transfer", "file_to_server:sample.txt"),
  srv_uploaded: info(messages.fileUploaded("sample.txt", "alice")),
  cli_c2c: encodeFrame("file_transfer", "file_to:bob:sample.txt"),
  // The original ends these two with a line feed; pcs leaves it away, so it is added for the comparison.
  srv_c2c: encodeFrame("file_transfer", `${messages.fileFromPerson("alice", "sample.txt")}\n`),
  srv_c2c_ack: info(messages.fileSent("sample.txt", "bob")),
  srv_file: encodeFrame("file_transfer", `${messages.fileFromServer("sample_file.txt")}\n`),
  srv_file_ack: info(messages.fileSent("sample_file.txt", "bob")),
  cli_ans: encodeFrame("quiz_answer", "a b c"),
  srv_over: info(messages.quizOver),
  srv_shutdown: info(messages.shuttingDown),
};

describe("the original's frames", () => {
  if (!existsSync(path)) {
    test("skipped: ../shared/golden/seed-frames.json is not there", () => {
      process.stdout.write("skipped: ../shared/golden/seed-frames.json is not there\n");
    });
    return;
  }
  const golden = new Map(Object.entries<string>(JSON.parse(readFileSync(path, "utf8"))));

  test("are all made here", () => {
    expect(Object.keys(made).toSorted()).toEqual([...golden.keys()].toSorted());
  });

  for (const [name, hex] of golden) {
    test(`${name} is encoded byte for byte`, () => {
      expect(Buffer.from(made[name] ?? []).toString("hex")).toBe(hex);
    });

    test(`${name} is decoded`, () => {
      const bytes = Buffer.from(hex, "hex");
      const headerLength = bytes.readUInt16BE(0);
      const [event, ...rest] = decodeAll([bytes]);
      expect(rest).toEqual([]);
      expect(event).toEqual({
        kind: "frame",
        header: lookUpHeader(bytes, 2, headerLength),
        payload: bytes.subarray(6 + headerLength).toString("latin1"),
      });
    });
  }
});
