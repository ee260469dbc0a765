/** The display filter of what the page itself sends and receives, by the address it was opened under. */

/** @param host of the address bar, an IPv6 address in its brackets. @param port empty for that of HTTP */
export function ownTrafficFilter(host: string, port: string): string {
  const address = /^\[(.*)\]$/.exec(host)?.[1] ?? host;
  const ownPort = `tcp.port ${port === "" ? 80 : port}`;
  if (address === "localhost") return `(host 127.0.0.1 or host ::1) and ${ownPort}`;
  const isAddress = address.includes(":") || /^[\d.]+$/.test(address);
  return isAddress ? `host ${address} and ${ownPort}` : ownPort;
}
