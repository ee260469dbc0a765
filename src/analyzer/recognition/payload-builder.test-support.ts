/** Payloads for tests, made here byte by byte, and a check that no recogniser trips over what it is given. */
import { expect } from "bun:test";
import * as fc from "fast-check";
import { createCipheriv, createHmac } from "node:crypto";
import { bytes, u16, u32 } from "../capture/bytes-builder.test-support.ts";
import { encodeFrame } from "../../classroom/protocol/frame.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export function text(content: string): Bytes {
  return Uint8Array.from(Buffer.from(content, "latin1"));
}

export function dnsName(name: string): Bytes {
  return bytes(...name.split(".").map((label) => bytes([label.length], text(label))), [0]);
}

export function dnsQuery(name: string, type = 1): Bytes {
  return bytes(u16(7), u16(0x0100), u16(1), u16(0), u16(0), u16(0), dnsName(name), u16(type), u16(1));
}

/** An answer whose owner is a pointer to the question; each address has 4 or 16 bytes in hex. */
export function dnsAnswer(name: string, ...addresses: string[]): Bytes {
  const records = addresses.map((hex) => {
    const data = bytes(hex);
    return bytes("c00c", u16(data.length === 4 ? 1 : 28), u16(1), u32(60), u16(data.length), data);
  });
  const head = bytes(u16(7), u16(0x8180), u16(1), u16(records.length), u16(0), u16(0));
  return bytes(head, dnsName(name), u16(1), u16(1), ...records);
}

function extension(type: number, data: Uint8Array): Bytes {
  return bytes(u16(type), u16(data.length), data);
}

function handshake(type: number, body: Uint8Array): Bytes {
  return bytes([type, 0], u16(body.length), body);
}

/** A client's hello without the record around it. */
export function helloOf(name: string, protocol: string): Bytes {
  const names = bytes(u16(name.length + 3), [0], u16(name.length), text(name));
  const protocols = bytes(u16(protocol.length + 1), [protocol.length], text(protocol));
  const extensions = bytes(extension(10, bytes("0002001d")), extension(0, names), extension(16, protocols));
  const start = bytes(u16(0x0303), new Uint8Array(32), [0], u16(4), "13011302", [1, 0]);
  return handshake(1, bytes(start, u16(extensions.length), extensions));
}

export function tlsRecord(type: number, content: Uint8Array, version = 0x0303): Bytes {
  return bytes([type], u16(version), u16(content.length), content);
}

export function clientHello(name = "example.org", protocol = "h2"): Bytes {
  return tlsRecord(22, helloOf(name, protocol), 0x0301);
}

/** A server's hello of TLS 1.3, which says so in an extension alone. */
export function serverHello(): Bytes {
  const extensions = extension(43, u16(0x0304));
  const start = bytes(u16(0x0303), new Uint8Array(32), [2, 9, 9], u16(0x1301), [0]);
  return tlsRecord(22, handshake(2, bytes(start, u16(extensions.length), extensions)));
}

const quicVersions = {
  1: { number: 1, salt: "38762cf7f55934b34d179ae6a4c80cadccbb7f0a", label: "quic", first: 0xc3 },
  2: { number: 0x6b3343cf, salt: "0dede3def700a6db819381be6e269dcbf9bd2ed9", label: "quicv2", first: 0xd3 },
} as const;

function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac("sha256", key).update(data).digest();
}

/** A client's initial packet, sealed as RFC 9001 and RFC 9369 say, its hello in two pieces, the last one first. */
export function quicInitial(version: 1 | 2, name = "example.org"): Bytes {
  const { number, salt, label, first } = quicVersions[version];
  const id = bytes("8394c8f03e515708");
  const hello = helloOf(name, "h3");
  const crypto = (from: number, until: number) =>
    bytes([6], u16(0x4000 | from), u16(0x4000 | (until - from)), hello.subarray(from, until));
  const frames = bytes([1], crypto(20, hello.length), crypto(0, 20));
  const plain = bytes(frames, new Uint8Array(1162 - frames.length));
  const expand = (secret: Uint8Array, name: string, length: number) => {
    const full = text(`tls13 ${name}`);
    return hmac(secret, bytes(u16(length), [full.length], full, [0, 1])).subarray(0, length);
  };
  const secret = expand(hmac(bytes(salt), id), "client in", 32);
  const key = expand(secret, `${label} key`, 16);
  const nonce = expand(secret, `${label} iv`, 12);
  const header = bytes(
    [first],
    u32(number),
    [id.length],
    id,
    [0, 0],
    u16(0x4000 | (4 + plain.length + 16)),
    u32(2),
  );
  nonce[11]! ^= 2;
  const seal = createCipheriv("aes-128-gcm", key, nonce).setAAD(header);
  const sealed = bytes(seal.update(plain), seal.final(), seal.getAuthTag());
  const mask = createCipheriv("aes-128-ecb", expand(secret, `${label} hp`, 16), null).update(
    sealed.subarray(0, 16),
  );
  header[0]! ^= mask[0]! & 0x0f;
  for (let i = 0; i < 4; i++) header[header.length - 4 + i]! ^= mask[1 + i]!;
  return bytes(header, sealed);
}

/** A request of a client with this host name, vendor class and requested address. */
export function dhcpRequest(name: string): Bytes {
  const options = bytes(
    "350103",
    [12, name.length],
    text(name),
    "3c04",
    text("MSFT"),
    "3204 0a000105",
    [0, 255],
  );
  return bytes("01010600 00000001", new Uint8Array(228), "63825363", options);
}

export const ntpRequest: Bytes = bytes([0x23], new Uint8Array(47));
export const smb2: Bytes = bytes("00000044 fe534d42", new Uint8Array(64));
export const mqttConnect: Bytes = bytes("1011 0004", text("MQTT"), "04 02 003c 0005", text("lamp1"));
export const rdpRequest: Bytes = bytes(
  "0300002b 26 e0 0000 0000 00",
  text("Cookie: mstshash=kim\r\n"),
  "01000800 01000000",
);
export const snmpGet: Bytes = bytes(
  "3026 020101 0406",
  text("public"),
  "a019 020401020304 020100 020100 300b 3009 06052b06010201 0500",
);
export const sipInvite: Bytes = text("INVITE sip:bob@example.org SIP/2.0\r\n\r\n");
export const syslogLine: Bytes = text("<34>1 2026-01-01T00:00:00Z host app - - - hello");
export const httpGet: Bytes = text("GET / HTTP/1.1\r\nAccept: */*\r\nHost: example.org:8080\r\n\r\n");
export const httpAnswer: Bytes = text("HTTP/1.1 404 Not Found\r\n\r\n");
export const sshBanner: Bytes = text("SSH-2.0-OpenSSH_9.6\r\n");
export const pcsMessage: Bytes = Uint8Array.from(encodeFrame("msg", "hi"));

/** One payload of each kind. */
export const payloads: readonly Bytes[] = [
  dnsQuery("www.example.org"),
  dnsAnswer("example.org", "0a000001", "20010db8000000000000000000000001"),
  clientHello(),
  serverHello(),
  quicInitial(1),
  quicInitial(2),
  dhcpRequest("kim-pc"),
  ntpRequest,
  smb2,
  mqttConnect,
  rdpRequest,
  snmpGet,
  sipInvite,
  syslogLine,
  httpGet,
  httpAnswer,
  sshBanner,
  pcsMessage,
];

/**
 * Gives `look` every cut of every payload, every payload with a byte changed, and arbitrary bytes, between bytes
 * that are not part of it: it never throws, and what surrounds the payload changes nothing.
 */
export function looksAtAnything(look: (bytes: Uint8Array, start: number, end: number) => unknown): void {
  const compare = (payload: Uint8Array) => {
    const found = [0x00, 0xff, 0x03].map((filler) => {
      const around = new Uint8Array(payload.length + 128).fill(filler);
      around.set(payload, 64);
      return JSON.stringify(look(around, 64, 64 + payload.length)) ?? "nothing";
    });
    expect(new Set(found).size).toBe(1);
  };
  for (const payload of payloads) {
    const step = Math.max(1, payload.length >> 7);
    for (let length = 1; length <= payload.length; length += step) compare(payload.subarray(0, length));
    for (let i = 0; i < Math.min(payload.length, 64); i++) {
      const changed = payload.slice(0, 256);
      changed[i]! ^= 0xff;
      compare(changed);
    }
  }
  fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), compare), { numRuns: 200 });
}
