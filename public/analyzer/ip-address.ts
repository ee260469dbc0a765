/** Filters are about addresses of IP: not about those of the link, as of Ethernet, nor about `unknown` ones. */
export function isIpAddress(address: string): boolean {
  return /[.:]/.test(address) && !/^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(address);
}
