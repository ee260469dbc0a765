/** Where most of those are who have not logged in: what one machine opens must not push out who types a password. */

/** The machine, as far as an address tells it: in IPv6 one has as many addresses of its network as it likes. */
export function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [before, after] = address.split("%")[0]!.split("::") as [string, string?];
  const front = before === "" ? [] : before.split(":");
  const back = after === undefined || after === "" ? [] : after.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return [...front, ...zeros, ...back].slice(0, 4).join(":");
}

/** @returns the network from which most of the addresses are */
export function crowdedNetwork(addresses: Iterable<string>): string | undefined {
  const counts = new Map<string, number>();
  let crowded: string | undefined;
  for (const address of addresses) {
    const network = networkOf(address);
    const count = (counts.get(network) ?? 0) + 1;
    counts.set(network, count);
    if (crowded === undefined || count > counts.get(crowded)!) crowded = network;
  }
  return crowded;
}
