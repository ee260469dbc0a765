/** Where a file of what is selected is had from. */
import type { SelectionQuery } from "../../src/analyzer/dashboard/contract.ts";
import { routeAddress } from "./route-address.ts";

/** @param suffix of the file: `pcap`, `pcapng`, `csv`, `json` */
export function exportAddress(suffix: string, selection: Readonly<SelectionQuery>): string {
  return routeAddress(`/api/export.${suffix}`, { ...selection });
}
