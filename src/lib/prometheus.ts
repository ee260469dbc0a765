/** Figures in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */

type Kind = "gauge" | "counter";

/** Labels in their braces, or nothing, and a number. */
export type Sample = [labels: string, value: number];

/** A figure with all its samples: lines, each with its end. */
export function metric(kind: Kind, name: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join("")}`;
}

/** A figure of one number. */
export function singleMetric(kind: Kind, name: string, help: string, value: number): string {
  return metric(kind, name, help, [["", value]]);
}
