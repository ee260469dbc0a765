/** Which colour is whose, with the values under the pointer. A name filters for its protocol. */
import { element } from "../../lib/dom.ts";
import type { PanelContext } from "../panel.ts";
import { restColor } from "../protocol-colors.ts";
import type { Measure } from "../view-state.ts";
import { formatRate, type DrawnMeasure } from "./chart-options.ts";
import type { CountSeries, Curve } from "./curves.ts";

export class Legend {
  readonly element = element("ul", { class: "legend", "aria-label": "Protocols drawn" });
  private readonly context: PanelContext;
  private values: HTMLElement[] = [];

  constructor(context: PanelContext) {
    this.context = context;
  }

  /** @param names of the curves. @param isMarked whether some of the steps are marked */
  show(names: readonly string[], isMarked: boolean): void {
    this.values = names.map(() => element("span", { class: "value" }));
    const items = names.map((name, i) => element("li", {}, this.nameView(name), this.values[i]));
    if (isMarked) {
      const swatch = element("span", { class: "swatch anomaly", "aria-hidden": "true" });
      items.push(element("li", {}, swatch, "abnormal packets"));
    }
    this.element.replaceChildren(...items);
    this.element.hidden = items.length === 0;
  }

  /** The values of a row of what is drawn; none where it is undefined. */
  tell(
    drawn: { series: CountSeries; curves: readonly Curve[] } | undefined,
    row: number | undefined,
    measure: Measure,
  ): void {
    const told: DrawnMeasure = measure === "packets" ? "packets" : "bytes";
    for (const [i, value] of this.values.entries()) {
      const count = row === undefined ? undefined : drawn?.curves[i]?.[told][row];
      value.textContent = count === undefined ? "" : formatRate(told, count / drawn!.series.step);
    }
  }

  private nameView(name: string): HTMLElement {
    const swatch = element("span", { class: "swatch", "aria-hidden": "true" });
    const color = name === "others" ? restColor : this.context.colors.of(name);
    swatch.style.setProperty("--color", `var(${color})`);
    if (name === "others" || this.context.data.isFile) return element("span", {}, swatch, name);
    const button = element("button", { type: "button", class: "plain", title: `Only ${name}` }, swatch, name);
    button.addEventListener("click", () => this.context.view.select({ protocol: name }));
    return button;
  }
}
