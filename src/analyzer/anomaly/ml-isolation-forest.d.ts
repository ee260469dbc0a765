/** What tests and the benchmark use of the library: its trees, as witnesses of pcs's own. */
declare module "ml-isolation-forest" {
  export interface TreeNode {
    splitColumn: number;
    splitValue: number;
    /** Both undefined in a leaf, which has `trainingSet`. */
    left?: TreeNode;
    right?: TreeNode;
    trainingSet?: number[][];
  }
  export class IsolationForest {
    constructor(options: { nEstimators: number });
    forest: TreeNode[];
    trainingSet: number[][];
    train(rows: number[][]): void;
    predict(rows: number[][]): number[];
  }
}
