/** How often each option was chosen so far: bars, and the same as a list for who cannot see them. */
import uPlot from "uplot";
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";
import { element } from "../../lib/dom.ts";

const height = 190;

export class LiveBars {
  readonly root = element("div", { class: "bars", hidden: "" });
  #canvas = element("div", { "aria-hidden": "true" });
  #list = element("ol", { class: "visually-hidden", "aria-label": "Answers so far" });
  #chart: uPlot | undefined;
  #shape = "";

  constructor() {
    this.root.append(this.#canvas, this.#list);
    new ResizeObserver(() => this.#fit()).observe(this.root);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#chart?.redraw());
  }

  /** @param options with their letters, in the order of the file, as the counts are */
  show(count: Control<"count"> | undefined, options: readonly string[]): void {
    const chosen = count?.chosen ?? [];
    this.root.hidden = chosen.length === 0;
    if (chosen.length === 0) return;
    const labels = chosen.map((_, at) => /^[a-z]+(?=\.)/.exec(options[at] ?? "")?.[0] ?? String(at + 1));
    const shape = labels.join();
    if (shape !== this.#shape) this.#make(labels);
    this.#shape = shape;
    this.#chart?.setData([labels.map((_, at) => at), [...chosen]]);
    this.#list.replaceChildren(
      ...chosen.map((times, at) => element("li", {}, `${options[at] ?? labels[at]}: ${times}`)),
    );
    this.#fit();
  }

  #make(labels: readonly string[]): void {
    this.#chart?.destroy();
    const bars = uPlot.paths.bars?.({ size: [0.7, 90] });
    const axis = { stroke: color("--text"), font: "14px system-ui", ticks: { show: false } };
    this.#chart = new uPlot(
      {
        width: Math.max(200, this.root.clientWidth),
        height,
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false, range: [-0.6, labels.length - 0.4] },
          y: { range: (_, __, most) => [0, Math.max(4, most)] },
        },
        axes: [
          { ...axis, grid: { show: false }, splits: labels.map((_, at) => at), values: () => [...labels] },
          { ...axis, grid: { stroke: color("--grid") }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
        ],
        series: [
          {},
          {
            ...(bars === undefined ? {} : { paths: bars }),
            stroke: color("--accent"),
            fill: color("--accent-ground"),
            points: { show: false },
          },
        ],
      },
      [[], []],
      this.#canvas,
    );
  }

  #fit(): void {
    const width = this.root.clientWidth;
    if (width > 0 && this.#chart !== undefined && this.#chart.width !== width)
      this.#chart.setSize({ width, height });
  }
}

/** What a name of the style stands for at the time of drawing. */
function color(name: string): () => string {
  return () => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
