/**
 * What the page shows, as one plain value that the address holds: a link opened elsewhere shows the same view.
 * What is as it is by itself is left out of the address. Pure.
 */
import type { SelectionQuery } from "../../src/analyzer/dashboard/contract.ts";

export const tabs = ["overview", "anomalies", "packets", "flows", "hosts", "conversations"] as const;
export type Tab = (typeof tabs)[number];

export const measures = ["both", "bits", "packets"] as const;
export type Measure = (typeof measures)[number];

export const splits = ["total", "stacked", "lines"] as const;
export type Split = (typeof splits)[number];

export interface ViewState {
  /** What is selected, as every data route takes it; what is left out is not filtered. Never an empty string. */
  readonly selection: Readonly<SelectionQuery>;
  readonly tab: Tab;
  /** The number of the chosen packet. */
  readonly packet: number | undefined;
  /** The number of the chosen flow. */
  readonly flow: number | undefined;
  /** The id of the capture that is compared with that of the selection. */
  readonly compare: string | undefined;
  /** Of the volume charts: what they show, and whether by protocol. */
  readonly measure: Measure;
  readonly split: Split;
  /** Whether the newest packets of a running capture stay in sight. */
  readonly follow: boolean;
}

export const firstState: ViewState = {
  selection: {},
  tab: "overview",
  packet: undefined,
  flow: undefined,
  compare: undefined,
  measure: "both",
  split: "total",
  follow: false,
};

/** In the order in which they stand in the address. */
export const selectionParts = ["capture", "q", "src", "dst", "protocol", "port", "from", "to"] as const;

/** Those that choose packets within a capture. */
export const filterParts = selectionParts.filter((part) => part !== "capture");

/** Reads the query of an address. What is not understood is as if it were left out, but filters, which the server judges. */
export function parseViewState(search: string): ViewState {
  const given = new URLSearchParams(search);
  const selection: SelectionQuery = {};
  for (const part of selectionParts) {
    const value = given.get(part)?.trim();
    if (value !== undefined && value !== "") selection[part] = value;
  }
  return {
    selection,
    tab: oneOf(tabs, given.get("tab")),
    packet: countOf(given.get("packet")),
    flow: countOf(given.get("flow")),
    compare: given.get("compare") ?? undefined,
    measure: oneOf(measures, given.get("measure")),
    split: oneOf(splits, given.get("split")),
    follow: given.get("follow") === "1",
  };
}

/** The query of an address, with its `?`; empty for the first state. */
export function formatViewState(state: ViewState): string {
  const query = new URLSearchParams();
  for (const part of selectionParts) {
    const value = state.selection[part];
    if (value !== undefined) query.set(part, value);
  }
  for (const name of ["tab", "measure", "split", "packet", "flow", "compare"] as const) {
    const value = state[name];
    if (value !== undefined && value !== firstState[name]) query.set(name, String(value));
  }
  if (state.follow) query.set("follow", "1");
  // Slashes and colons may stand in a query, and addresses are full of them.
  const text = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}

/** The selection with some parts changed; `undefined` and blanks take a part away. */
export function changeSelection(
  selection: Readonly<SelectionQuery>,
  changes: { readonly [Part in keyof SelectionQuery]: string | undefined },
): SelectionQuery {
  const changed: SelectionQuery = {};
  for (const part of selectionParts) {
    const value = (part in changes ? changes[part] : selection[part])?.trim();
    if (value !== undefined && value !== "") changed[part] = value;
  }
  return changed;
}

/** A display filter that holds where both hold. */
export function bothFilters(first: string | undefined, second: string): string {
  if (first === undefined || first.trim() === "") return second;
  if (first === second) return first;
  return `${asOperand(first)} and ${asOperand(second)}`;
}

function asOperand(filter: string): string {
  return /\bor\b|\|\|/i.test(filter) ? `(${filter})` : filter;
}

/** Whether fewer packets than the whole capture are asked for. */
export function isFiltered(selection: Readonly<SelectionQuery>): boolean {
  return filterParts.some((part) => selection[part] !== undefined);
}

/** The selection as one text, equal for equal selections. */
export function selectionKey(selection: Readonly<SelectionQuery>): string {
  return JSON.stringify(selectionParts.map((part) => selection[part] ?? ""));
}

function oneOf<Name extends string>(names: readonly [Name, ...Name[]], given: string | null): Name {
  return names.find((name) => name === given) ?? names[0];
}

function countOf(given: string | null): number | undefined {
  return given !== null && /^[1-9]\d{0,14}$/.test(given) ? Number(given) : undefined;
}
