/** The hosts with the most bytes, as the report has them. An address filters for itself. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatBytes, formatCount } from "../format.ts";
import { nameView, shareBar } from "./count-table.ts";

type HostRow = Answers["/api/report"]["hosts"]["top"][number];

/**
 * @param rows at most; the tab of hosts has all
 * @param bytes that make 100 %: twice those on the wire, for each counts for its sender and its receiver
 */
export function hostTable(
  hosts: readonly HostRow[],
  rows: number,
  bytes: number,
  choose: ((address: string) => void) | undefined,
): HTMLElement {
  if (hosts.length === 0) return element("p", { class: "hint" }, "No packet has an address.");
  const headings = [
    element("th", { scope: "col" }, "Host"),
    element("th", { scope: "col", class: "number" }, "Sent"),
    element("th", { scope: "col", class: "number" }, "Received"),
    element("th", { scope: "col", class: "share" }, "Share of bytes"),
  ];
  return element(
    "table",
    { class: "hosts" },
    element("thead", {}, element("tr", {}, ...headings)),
    element("tbody", {}, ...hosts.slice(0, rows).map((host) => rowView(host, bytes, choose))),
  );
}

function rowView(
  { address, names, vendor, bytesIn, bytesOut, peers }: HostRow,
  bytes: number,
  choose: ((address: string) => void) | undefined,
): HTMLElement {
  const known = names[0] ?? vendor;
  const title = [...names, vendor ?? "", `${formatCount(peers)} peers`]
    .filter((text) => text !== "")
    .join(", ");
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row", title },
      nameView(address, choose),
      known === null ? undefined : element("span", { class: "known" }, known),
    ),
    element("td", { class: "number" }, formatBytes(bytesOut)),
    element("td", { class: "number" }, formatBytes(bytesIn)),
    element("td", { class: "share" }, shareBar(bytesIn + bytesOut, bytes)),
  );
}
