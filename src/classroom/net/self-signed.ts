/**
 * A certificate that a server makes for itself, for nobody else can vouch for a machine in a classroom. It is
 * recognised by its key alone, so the names and dates in it are only what the format asks for (RFC 5280 §4.1):
 *
 *      Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature BIT STRING }
 *      tbsCertificate ::= SEQUENCE { [0] version 2, serial, algorithm, issuer, validity, subject, key }
 */
import { generateKeyPairSync, sign } from "node:crypto";

export interface SelfSigned {
  /** PKCS #8 in PEM: a secret. */
  key: string;
  /** X.509 in PEM. */
  certificate: string;
}

/** @param serial at least 8 random bytes */
export function makeSelfSigned(serial: Uint8Array): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const toBeSigned = sequence(
    der(0xa0, integer(Uint8Array.of(2))),
    // A positive number of at most 20 bytes (§4.1.2.2).
    integer(Uint8Array.of(1, ...serial.subarray(0, 19))),
    ecdsaWithSha256,
    name,
    sequence(der(0x17, text("240101000000Z")), der(0x18, text("99991231235959Z"))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, ecdsaWithSha256, der(0x03, Uint8Array.of(0), signature));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    certificate: pem(certificate),
  };
}

// Below: the little of DER (X.690) that it takes.

function text(ascii: string): Uint8Array {
  return new TextEncoder().encode(ascii);
}

/** One element: tag, length, content. */
function der(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Uint8Array.of(tag, ...size), content]);
}

function sequence(...parts: Uint8Array[]): Uint8Array {
  return der(0x30, ...parts);
}

function integer(bytes: Uint8Array): Uint8Array {
  return der(0x02, bytes);
}

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(der(0x06, Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)));

/** `CN=pcs`; 2.5.4.3 is the common name. */
const name = sequence(
  der(0x31, sequence(der(0x06, Uint8Array.of(0x55, 0x04, 0x03)), der(0x0c, text("pcs")))),
);

function pem(bytes: Uint8Array): string {
  const lines = Buffer.from(bytes)
    .toString("base64")
    .match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
