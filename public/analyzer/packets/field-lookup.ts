/** From a byte of a packet to what it means: the innermost field that was read from it. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";

export type Layer = Answers["/api/packets/:number"]["layers"][number];
export type Field = Layer["fields"][number];

/** A layer or one of its fields, as a line of the tree. */
export interface TreeNode {
  /** Where it stands: the layer's place, then that of each field down to it. */
  path: readonly number[];
  /** Bytes it was read from. */
  start: number;
  length: number;
  /** `Source port`; of a layer its title. */
  name: string;
  value: string;
  children: TreeNode[];
}

/** The layers of a packet as a tree, each with its place. */
export function treeOf(layers: readonly Layer[]): TreeNode[] {
  return layers.map(({ title, start, length, fields, quoted }, i) => ({
    path: [i],
    start,
    length,
    name: title,
    value: quoted ? "quoted" : "",
    children: fieldNodes(fields, [i]),
  }));
}

function fieldNodes(fields: readonly Field[], above: readonly number[]): TreeNode[] {
  return fields.map(({ name, value, start, length, fields: inner = [] }, i) => {
    const path = [...above, i];
    return { path, start, length, name, value, children: fieldNodes(inner, path) };
  });
}

/** The innermost node over byte `at`: the shortest, and of equally long ones the deepest. */
export function nodeAt(nodes: readonly TreeNode[], at: number): TreeNode | undefined {
  let best: TreeNode | undefined;
  const visit = (node: TreeNode): void => {
    const isOver = at >= node.start && at < node.start + node.length;
    if (isOver && (best === undefined || node.length <= best.length)) best = node;
    node.children.forEach(visit);
  };
  nodes.forEach(visit);
  return best;
}
