import { createPrivateKey, X509Certificate } from "node:crypto";
import { expect, test } from "bun:test";
import { makeSelfSigned } from "./self-signed.ts";

test("a certificate that others read, signed by its own key, each with another key", () => {
  const keys = new Set<string>();
  for (let i = 0; i < 20; i++) {
    const serial = new Uint8Array(16).fill(i * 12);
    const { key, certificate } = makeSelfSigned(serial);
    const read = new X509Certificate(certificate);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect([read.subject, read.issuer]).toEqual(["CN=pcs", "CN=pcs"]);
    expect(read.serialNumber).toBe(`01${Buffer.from(serial).toString("hex").toUpperCase()}`);
    expect(read.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: "prime256v1" });
    expect([new Date(read.validFrom).getUTCFullYear(), new Date(read.validTo).getUTCFullYear()]).toEqual([
      2024, 9999,
    ]);
    keys.add(key);
  }
  expect(keys.size).toBe(20);
});
