/** The records that TLS 1.3 shows to who listens (RFC 8446 §4.1, §5.1): two hellos, and then random bytes. */
import type { SeededRandom } from "../../../src/analyzer/anomaly/seeded-random.ts";
import { randomBytes } from "./chance.ts";

const handshake = 22;

/** @param type 20 change cipher spec, 21 alert, 22 handshake, 23 application data */
export function tlsRecord(random: SeededRandom, type: number, length: number): Buffer {
  return record(type, randomBytes(random, length));
}

/** @param serverName the host that is asked for, in clear */
export function clientHello(random: SeededRandom, serverName: string): Buffer {
  const name = Buffer.from(serverName);
  const nameList = Buffer.concat([u16(name.length + 3), Buffer.from([0]), u16(name.length), name]);
  const share = Buffer.concat([u16(36), u16(0x001d), u16(32), randomBytes(random, 32)]);
  const extensions = Buffer.concat([
    extension(0, nameList),
    extension(10, Buffer.from("0006001d00170018", "hex")),
    extension(13, Buffer.from("000a04030804040105030805", "hex")),
    extension(16, Buffer.from("000c02683208687474702f312e31", "hex")),
    extension(43, Buffer.from("0403040303", "hex")),
    extension(51, share),
  ]);
  const body = Buffer.concat([
    Buffer.from("0303", "hex"),
    randomBytes(random, 32),
    Buffer.from([32]),
    randomBytes(random, 32),
    Buffer.from("000a130113021303c02bc02f0100", "hex"),
    u16(extensions.length),
    extensions,
  ]);
  return record(handshake, message(1, body));
}

export function serverHello(random: SeededRandom): Buffer {
  const share = Buffer.concat([u16(0x001d), u16(32), randomBytes(random, 32)]);
  const extensions = Buffer.concat([extension(43, u16(0x0304)), extension(51, share)]);
  const body = Buffer.concat([
    Buffer.from("0303", "hex"),
    randomBytes(random, 32),
    Buffer.from([32]),
    randomBytes(random, 32),
    Buffer.from("130100", "hex"),
    u16(extensions.length),
    extensions,
  ]);
  return Buffer.concat([record(handshake, message(2, body)), record(20, Buffer.from([1]))]);
}

function record(type: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, 3, 3]), u16(content.length), content]);
}

function message(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, 0]), u16(body.length), body]);
}

function extension(type: number, content: Buffer): Buffer {
  return Buffer.concat([u16(type), u16(content.length), content]);
}

function u16(value: number): Buffer {
  return Buffer.from([value >>> 8, value & 255]);
}
