/** An end of a packet or a flow: its address and port. */

/** `10.0.0.1:443`, `[fe80::1]:443`, `10.0.0.1`; empty where there is no address. */
export function endText(address: string | null, port: number): string {
  if (address === null) return "";
  if (port === 0) return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
