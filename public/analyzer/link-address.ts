/** Addresses of the link, as of Ethernet: filters are about addresses of IP. */
export function isLinkAddress(address: string): boolean {
  return /^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(address);
}
