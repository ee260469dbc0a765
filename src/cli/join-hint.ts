/** What a teacher reads out to the class: how this server is joined from another machine, and where its page is. */
import type { NetworkInterfaceInfo } from "node:os";

type Interfaces = Record<string, NetworkInterfaceInfo[] | undefined>;

/**
 * @param host what the server listens on
 * @returns one line, or none where no other machine can join
 */
export function joinHint(interfaces: Interfaces, host: string, port: number): string | undefined {
  const addresses = addressesOf(interfaces, host).map(
    (address) => `pcs join ${address}${port === 10_000 ? "" : ` ${port}`}`,
  );
  return addresses.length === 0 ? undefined : `Students join with: ${addresses.join("  or  ")}`;
}

/**
 * Where the page is opened: from other machines, or from this one where no other can reach it.
 * @param host what the page is served on
 * @returns at least one
 */
export function pageLinks(
  interfaces: Interfaces,
  host: string,
  port: number,
  scheme: "http" | "https",
): string[] {
  const addresses = addressesOf(interfaces, host);
  if (addresses.length === 0) addresses.push(host === "::" || host === "0.0.0.0" ? "localhost" : host);
  return addresses.map((address) => {
    const name = address.includes(":") ? `[${address}]` : address;
    return `${scheme}://${name}:${port}/`;
  });
}

/** The addresses under which other machines reach what listens on `host`. */
function addressesOf(interfaces: Interfaces, host: string): string[] {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ internal, address }) => !internal && !address.startsWith("fe80:") && !address.startsWith("169.254."),
    )
    .filter(({ family, address }) =>
      host === "::" ? family === "IPv4" : host === "0.0.0.0" || host === address,
    )
    .filter(({ family }) => host !== "0.0.0.0" || family === "IPv4")
    .map(({ address }) => address);
}
