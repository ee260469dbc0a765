/**
 * Who may see the traffic: nobody needs a token on this machine's own addresses, except where pcs runs as
 * root, which may see other people's packets. Everywhere else a token is needed. The page gives it once, for
 * a cookie that scripts of other sites can neither read nor send.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

export interface Access {
  /** What opens the dashboard; undefined where nothing is needed. */
  readonly token: string | undefined;
  /** What the cookie holds: another secret, so that the token itself is never stored. */
  readonly session: string;
}

/** Whether a dashboard on `host` asks for a token even if none was given. */
export function needsToken(host: string, isRoot: boolean): boolean {
  return isRoot || !isLoopback(host);
}

export function createAccess(token: string | undefined): Access {
  return { token, session: makeSecret() };
}

/** 192 random bits as text that fits a URL. */
export function makeSecret(): string {
  return randomBytes(24).toString("base64url");
}

/** Whether a request with this `Authorization` header and session cookie may read. */
export function mayRead(
  access: Access,
  authorization: string | undefined,
  cookie: string | undefined,
): boolean {
  if (access.token === undefined) return true;
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (bearer !== undefined) return isSame(bearer, access.token);
  return cookie !== undefined && isSame(cookie, access.session);
}

/** Compares secrets in a time that does not depend on where they differ, or on their lengths. */
export function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

/** Whether only this machine can reach a server on `host`. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
