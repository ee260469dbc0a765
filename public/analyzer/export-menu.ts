/** The menu that saves what is selected as a file: links, so that their address can be copied too. */
import type { SelectionQuery } from "../../src/analyzer/dashboard/contract.ts";
import { refusalOf, sentenceOf } from "./refusal.ts";
import { element } from "../lib/dom.ts";
import { exportAddress } from "./export-address.ts";

const formats = [
  { suffix: "pcap", title: "pcap", note: "for every program that reads captures" },
  { suffix: "pcapng", title: "pcapng", note: "with scores and reasons as comments" },
  { suffix: "csv", title: "CSV", note: "a line a packet, for spreadsheets" },
  { suffix: "json", title: "JSON", note: "a line a packet, for programs" },
] as const;

export interface ExportMenu {
  readonly element: HTMLElement;
  /** From now on it saves what `selection` selects. */
  show(selection: Readonly<SelectionQuery>): void;
}

export function exportMenu(): ExportMenu {
  const problem = element("p", { class: "problem", role: "alert" });
  const links = formats.map(({ suffix, title, note }) => {
    const link = element(
      "a",
      { href: exportAddress(suffix, {}), download: `packets.${suffix}` },
      element("b", {}, title),
      " ",
      element("span", { class: "hint" }, note),
    );
    link.addEventListener("click", (event) => {
      event.preventDefault();
      void saveAndTell(link.href, `packets.${suffix}`);
    });
    return link;
  });
  const menu = element(
    "details",
    { class: "menu" },
    element("summary", {}, "Export"),
    element(
      "div",
      { class: "menu-list" },
      element("p", { class: "hint" }, "Exactly the packets that are selected."),
      ...links,
      problem,
    ),
  );
  const saveAndTell = async (address: string, name: string): Promise<void> => {
    problem.textContent = await save(address, name);
    menu.open = problem.textContent !== "";
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  return {
    element: menu,
    show(selection) {
      for (const [i, { suffix }] of formats.entries())
        links[i]!.setAttribute("href", exportAddress(suffix, selection));
    },
  };
}

/** Saves a file, or gives the sentence why it cannot be: a refusal must not be saved as if it were the file. */
async function save(address: string, name: string): Promise<string> {
  const abort = new AbortController();
  try {
    const response = await fetch(address, { credentials: "same-origin", signal: abort.signal });
    if (!response.ok) return sentenceOf(refusalOf(response.status, await response.text()));
    // The browser asks again, and writes to disk what comes.
    abort.abort();
    element("a", { href: address, download: name }).click();
    return "";
  } catch (error) {
    return sentenceOf(error);
  }
}
