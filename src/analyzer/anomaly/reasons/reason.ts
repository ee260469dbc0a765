/** Why something was flagged: types only, for the report, the dashboard and whoever finds reasons. */

/** What the baseline has nine times out of ten, in the feature's unit. */
export interface Typical {
  /** The 5 % quantile. */
  low: number;
  median: number;
  /** The 95 % quantile. */
  high: number;
}

export interface Reason {
  /** The feature's name, or that of a rule. */
  feature: string;
  /** In the feature's unit; a rule's may be text. */
  value: number | string;
  /** A rule's may be one value or text, or null where it judges without a baseline. */
  typical: Typical | string | number | null;
  /** The feature's share, 0 to 1, in what makes the row strange. */
  weight: number;
  /** One sentence without a full stop: the value, and what is typical. */
  text: string;
}

/** What a reason's sentence is made of. */
export interface ReasonFeature {
  readonly name: string;
  readonly unit: string;
}
