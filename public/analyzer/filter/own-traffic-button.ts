/**
 * Of an interface, this page is among what is captured, and it makes traffic by being looked at: says how much, and
 * leaves it out when asked to.
 */
import type { Answers, SelectionQuery } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount } from "../format.ts";
import type { PanelContext } from "../panel.ts";
import { ownTrafficFilter } from "./own-traffic.ts";

/** Between two counts. */
const leastCountMs = 5000;

export class OwnTrafficButton {
  readonly element = element("button", { type: "button", class: "chip-button", hidden: "" });
  private readonly context: PanelContext;
  private readonly filter = ownTrafficFilter(location.hostname, location.port);
  private countedAtMs = Number.NEGATIVE_INFINITY;
  private packets = 0;

  constructor(context: PanelContext) {
    this.context = context;
    this.element.title = `Adds to the filter: not (${this.filter})`;
    this.element.textContent = "Exclude this dashboard";
    this.element.addEventListener("click", () => context.view.narrow(`not (${this.filter})`));
  }

  /** Shows it where it is of use: this page may be looked at by an interface that is not captured. */
  async show(
    { source }: Answers["/api/report"],
    { q, capture }: Readonly<SelectionQuery>,
    signal: AbortSignal,
  ): Promise<void> {
    const isExcluded = q?.includes(`not (${this.filter})`) ?? false;
    const isOfUse = source.kind === "interface" && !isExcluded;
    if (isOfUse && performance.now() >= this.countedAtMs + leastCountMs) {
      this.countedAtMs = performance.now();
      const own = await this.context.data.get(
        "/api/packets",
        { capture, q: this.filter, limit: "1" },
        signal,
      );
      this.packets = own.total;
      const packets = own.total === 1 ? "1 packet" : `${formatCount(own.total)} packets`;
      this.element.textContent = `Exclude this dashboard (${packets})`;
    }
    this.element.hidden = !isOfUse || this.packets === 0;
  }
}
