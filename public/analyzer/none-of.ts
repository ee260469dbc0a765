/** Said where nothing is listed. */
import type { SelectionQuery } from "../../src/analyzer/dashboard/contract.ts";
import { isFiltered } from "./view-state.ts";

/** `No flow is in what is selected.` @param noun of one */
export function noneOf(noun: string, selection: Readonly<SelectionQuery>): string {
  return `No ${noun} is in ${isFiltered(selection) ? "what is selected" : "this capture"}.`;
}
