/** The text that filters of one meaning share, by which what they select is kept. */
import { rangeKey } from "./address-range.ts";
import type { FilterNode } from "./filter-node.ts";

/** Order and repetition in `and` and `or` say nothing, and neither do parentheses around more of the same. */
export function filterKey(node: FilterNode): string {
  switch (node.kind) {
    case "all":
    case "flagged":
      return node.kind;
    case "and":
    case "or": {
      const parts = [...new Set(partsOf(node.kind, node.parts).map(filterKey))].sort();
      return parts.length === 1 ? parts[0]! : `(${parts.join(` ${node.kind} `)})`;
    }
    case "not":
      return `!${filterKey(node.part)}`;
    case "layer":
    case "protocol":
    case "flag":
      return `${node.kind} ${node.value}`;
    case "address":
      return `${node.end} ${node.comparison} ${rangeKey(node.range)}`;
    case "port":
      return `${node.end} ${node.transport} port ${node.comparison} ${node.value}`;
    case "number":
      return `${node.column} ${node.comparison} ${node.value}`;
    default:
      return `time ${node.comparison} ${node.seconds} ${node.nanos}`;
  }
}

function partsOf(kind: "and" | "or", parts: readonly FilterNode[]): FilterNode[] {
  return parts.flatMap((part) => (part.kind === kind ? partsOf(kind, part.parts) : [part]));
}
