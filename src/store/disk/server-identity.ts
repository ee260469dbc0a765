/**
 * Who a server is: a key and a certificate, made when it is started for the first time.
 *
 *      DATA/tls/key.pem           the key: a secret, readable by its owner alone
 *      DATA/tls/certificate.pem
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { makeSelfSigned, type SelfSigned } from "../../classroom/net/self-signed.ts";
import { serverCode } from "../../classroom/protocol/v2/server-code.ts";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";

export interface ServerIdentity {
  identity: SelfSigned;
  /** What people know the server by. */
  code: string;
}

/**
 * Reads the identity, or makes it where there is none.
 * @throws ExpectedError with one sentence where it cannot be read or made. One that is damaged is never replaced:
 *   everybody who knows the server would have to be told
 */
export function openServerIdentity(folder: string): ServerIdentity {
  const keyFile = join(folder, "key.pem");
  const certificateFile = join(folder, "certificate.pem");
  try {
    if (!existsSync(keyFile)) make(folder, keyFile, certificateFile);
    const key = readFileSync(keyFile, "utf8");
    const certificate = readFileSync(certificateFile, "utf8");
    const read = new X509Certificate(certificate);
    if (!read.checkPrivateKey(createPrivateKey(key)))
      throw new Error("key and certificate do not belong together");
    const code = serverCode(read.publicKey.export({ type: "spki", format: "der" }));
    return { identity: { key, certificate }, code };
  } catch (error) {
    throw new ExpectedError(
      `the identity of this server in ${folder} cannot be used: ${reasonOf(error)}. ` +
        "Put it back from a copy, or take the folder away for a new one, which every client will warn of.",
      { cause: error },
    );
  }
}

function make(folder: string, keyFile: string, certificateFile: string): void {
  const made = makeSelfSigned(crypto.getRandomValues(new Uint8Array(16)));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  write(certificateFile, made.certificate);
  // The key last: only with it is the identity there.
  write(keyFile, made.key);
}

/** On disk whole, or not there. */
function write(path: string, text: string): void {
  const file = openSync(`${path}.new`, "w", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}
