/**
 * What this tab keeps of its seat over a reload: the token that logs in again, and the name.
 *
 * It is kept for the tab and not as a cookie. A cookie would be every tab's, and would still be there when the next
 * student sits down at a shared machine; and a token in a cookie could be used by any page's request, where one
 * in the tab's own store is sent over the socket alone. What a cookie guards against, a script of somebody else's
 * that reads it, the page's policy does not let in.
 */
const key = "pcs-seat";

export interface KeptSeat {
  name: string;
  token: string;
}

export function readSeat(): KeptSeat | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (typeof kept !== "object" || kept === null || !("name" in kept) || !("token" in kept))
      return undefined;
    const { name, token } = kept;
    return typeof name === "string" && typeof token === "string" ? { name, token } : undefined;
  } catch {
    // A browser may let nothing be kept; then a reload asks for the password.
    return undefined;
  }
}

export function keepSeat(seat: KeptSeat | undefined): void {
  try {
    if (seat === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(seat));
  } catch {
    // As above.
  }
}
