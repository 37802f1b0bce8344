import type { Metric } from "../analysis/types.js";

/** One sentence of a post, as data. `ratio` is the first arm ÷ the second, null where the post gives no number. */
export interface Claim {
  readonly id: string;
  readonly post: string;
  readonly statement: string;
  readonly metric: Metric | "count" | "rate" | "spread";
  readonly first: string;
  readonly second: string;
  /** What the post says of first ÷ second. */
  readonly direction: "above one" | "below one" | "about one";
  readonly ratio: number | null;
  readonly conditions: string;
}

/** What this machine says of the direction of a claim. */
export type Direction = "holds" | "opposite" | "negligible" | "undecided" | "not testable here";

/** What this machine says of its size: the published ratio within a factor 1.5 of the interval, or not. */
export type Size = "agrees" | "smaller" | "larger";

/** What this machine says of a claim, in the form of `reports/summary.json`. */
export interface Verdict {
  readonly claim: string;
  readonly post: string;
  readonly statement: string;
  /** What was measured, e.g. `ported: Express 5.3.0, @grpc/grpc-js 1.14.7`. */
  readonly stack: string;
  readonly direction: Direction;
  readonly size: Size | null;
  /** First arm ÷ second arm; null with `low` and `high` when nothing was measured. */
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly published: number | null;
  readonly conditions: string;
  readonly calls: number | null;
  readonly scope: string;
  /** Run folder that the numbers come from, relative to the project. */
  readonly run: string | null;
}

/** A contradiction inside a published table, or between the table and its own text or the laws it must obey. */
export interface Finding {
  readonly post: string;
  /** `contradiction`: arithmetic or physics; `suggestive`: a bound that medians only hint at. */
  readonly strength: "contradiction" | "suggestive";
  /** What the post prints, in our words. */
  readonly printed: string;
  /** What it should be, with the computation. */
  readonly found: string;
}
