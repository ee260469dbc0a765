/** Which colour is whose, with the values under the pointer. A name filters for its protocol. */
import { element } from "../dom.ts";
import type { PanelContext } from "../panel.ts";
import { restColor } from "../protocol-colors.ts";
import type { Measure } from "../view-state.ts";
import { formatRate, type DrawnMeasure } from "./chart-options.ts";
import type { Curve } from "./curves.ts";

export class Legend {
  readonly element = element("ul", { class: "legend", "aria-label": "Protocols drawn" });
  private readonly context: PanelContext;
  private curves: readonly Curve[] = [];
  private values: HTMLElement[] = [];

  constructor(context: PanelContext) {
    this.context = context;
  }

  show(curves: readonly Curve[], anomalies?: readonly number[]): void {
    this.curves = curves;
    this.values = curves.map(() => element("span", { class: "value" }));
    const items = curves.map(({ name }, i) => element("li", {}, this.nameView(name), this.values[i]));
    if (anomalies?.some((count) => count > 0)) {
      const swatch = element("span", { class: "swatch anomaly", "aria-hidden": "true" });
      items.push(element("li", {}, swatch, "abnormal packets"));
    }
    this.element.replaceChildren(...items);
    this.element.hidden = items.length === 0;
  }

  /** The values of a row of the series; none where it is undefined. */
  tell(row: number | undefined, measure: Measure, step: number): void {
    const told: DrawnMeasure = measure === "packets" ? "packets" : "bytes";
    for (const [i, value] of this.values.entries())
      value.textContent = row === undefined ? "" : formatRate(told, (this.curves[i]![told][row] ?? 0) / step);
  }

  private nameView(name: string): HTMLElement {
    const swatch = element("span", { class: "swatch", "aria-hidden": "true" });
    const color = name === "others" ? restColor : this.context.colors.of(name);
    swatch.style.setProperty("--color", `var(${color})`);
    if (name === "others") return element("span", {}, swatch, name);
    const button = element("button", { type: "button", class: "plain", title: `Only ${name}` }, swatch, name);
    button.addEventListener("click", () => this.context.view.select({ protocol: name }));
    return button;
  }
}
