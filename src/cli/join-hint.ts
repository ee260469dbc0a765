/** What a teacher reads out to the class: how this server is joined from another machine. */
import type { NetworkInterfaceInfo } from "node:os";

type Interfaces = Record<string, NetworkInterfaceInfo[] | undefined>;

/**
 * @param host what the server listens on
 * @returns one line, or none where no other machine can join
 */
export function joinHint(interfaces: Interfaces, host: string, port: number): string | undefined {
  const addresses = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ internal, address }) => !internal && !address.startsWith("fe80:") && !address.startsWith("169.254."),
    )
    .filter(({ family, address }) =>
      host === "::" ? family === "IPv4" : host === "0.0.0.0" || host === address,
    )
    .filter(({ family }) => host !== "0.0.0.0" || family === "IPv4")
    .map(({ address }) => `pcs join ${address}${port === 10_000 ? "" : ` ${port}`}`);
  return addresses.length === 0 ? undefined : `Students join with: ${addresses.join("  or  ")}`;
}
