/** The names and addresses that a capture has, for whoever picks one: of the whole capture, whatever is filtered. */
import type { Answers, SelectionQuery } from "../../../src/analyzer/dashboard/contract.ts";
import type { DataSource } from "../data-source.ts";
import { isFiltered } from "../view-state.ts";

export interface NameGroup {
  label: string;
  names: string[];
}

export class SeenNames {
  /** Of hosts, those with the most bytes first. */
  addresses: string[] = [];
  private readonly data: DataSource;
  private capture: string | undefined;
  private knowsWhole = false;
  private protocols = new Set<string>();
  private layers = new Set<string>();

  constructor(data: DataSource) {
    this.data = data;
  }

  /** Takes names from a report, and once a capture, where that is only of a part of it, from one of the whole. */
  async learn(
    report: Answers["/api/report"],
    selection: Readonly<SelectionQuery>,
    signal: AbortSignal,
  ): Promise<void> {
    const { capture } = selection;
    if (capture !== this.capture) this.forget(capture);
    const isWhole = !isFiltered(selection);
    if (!isWhole && !this.knowsWhole) this.take(await this.data.get("/api/report", { capture }, signal));
    if (isWhole) this.take(report);
    this.knowsWhole = true;
  }

  /** By kind, each in the order of the alphabet. @param chosen is among them, seen or not */
  groups(chosen: string | undefined): NameGroup[] {
    const unknown =
      chosen === undefined || this.protocols.has(chosen) || this.layers.has(chosen) ? [] : [chosen];
    const groups = [
      { label: "Chosen", names: unknown },
      { label: "Protocols", names: [...this.protocols].sort() },
      { label: "Layers", names: [...this.layers].filter((name) => !this.protocols.has(name)).sort() },
    ];
    return groups.filter(({ names }) => names.length > 0);
  }

  private take({ protocols, layers, hosts }: Answers["/api/report"]): void {
    for (const name of Object.keys(protocols)) this.protocols.add(name);
    for (const name of Object.keys(layers)) this.layers.add(name);
    this.addresses = hosts.top.map(({ address }) => address);
  }

  private forget(capture: string | undefined): void {
    this.capture = capture;
    this.knowsWhole = false;
    this.protocols = new Set();
    this.layers = new Set();
    this.addresses = [];
  }
}
