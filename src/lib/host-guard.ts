/**
 * The defence against DNS rebinding: a page of another site can give its own name this machine's address, and
 * its scripts then talk to the server as if it were theirs; but the Host header still tells the name. So
 * names that are not this server's are refused. Addresses cannot be rebound.
 */

/** Whether a Host header is an address, `localhost`, or one of `names`; with any port. */
export function isOwnHost(host: string | undefined, names: readonly string[]): boolean {
  const match = /^(\[[\da-f:.]+\]|[^\s:/@[\]]+)(?::\d{1,5})?$/i.exec(host ?? "");
  const name = match?.[1]?.toLowerCase();
  if (name === undefined || !URL.canParse(`http://${host}`)) return false;
  if (name.startsWith("[") || name === "localhost" || /^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return true;
  return names.some((own) => own.toLowerCase() === name);
}

/**
 * Whether a request that changes something comes from a page of this server, or from no page at all.
 * @param origin the Origin header, which browsers send with every POST
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
