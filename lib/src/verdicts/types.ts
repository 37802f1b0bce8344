import { metrics } from "../analysis/types.js";

/** What a claim can compare. */
export const claimMetrics = metrics;

/** What a claim compares. */
export type ClaimMetric = (typeof claimMetrics)[number];

/** What a post says of first ÷ second. */
export type ClaimedDirection = "above one" | "below one" | "about one";

/** One sentence of a post, as data. `ratio` is the first arm ÷ the second, null where the post gives no number. */
export interface Claim {
  readonly id: string;
  readonly post: string;
  /** With `post`, an arm, `conditions` and `metric`: the key of the published numbers that it rests on. */
  readonly experiment: string;
  /** The work of the runs that can judge it. */
  readonly work: string;
  readonly statement: string;
  readonly metric: ClaimMetric;
  readonly first: string;
  readonly second: string;
  readonly direction: ClaimedDirection;
  readonly ratio: number | null;
  readonly conditions: string;
  /** The arm to judge the claim on as well, because the post leaves open (or fixes) something that may decide. */
  readonly also: { readonly arm: string; readonly instead: string } | null;
}

/** What this machine says of the direction of a claim. */
export type Direction = "holds" | "opposite" | "negligible" | "undecided" | "not testable here";

/** What this machine says of its size: the published ratio within a factor 1.5 of the interval, or not. */
export type Size = "agrees" | "smaller" | "larger";

/** What this machine says of a claim: the fields of `reports/summary.json` and what a sentence needs besides. */
export interface Verdict {
  readonly claim: string;
  readonly post: string;
  readonly statement: string;
  readonly metric: ClaimMetric;
  /** The arms that were compared; a claim judged on another arm too has a verdict for each. */
  readonly first: string;
  readonly second: string;
  /** What the post says of first ÷ second. */
  readonly claimed: ClaimedDirection;
  /** What was measured, e.g. `ported: Express 5.3.0, @grpc/grpc-js 1.14.7`. */
  readonly stack: string;
  readonly direction: Direction;
  readonly size: Size | null;
  /** First arm ÷ second arm; null with `low` and `high` when nothing was measured. */
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly published: number | null;
  /** Clauses joined by `; `, each of which can follow the word "when". */
  readonly conditions: string;
  /** The difference that was declared too small to count before measuring; 0.05 is 5 %. */
  readonly smallestEffect: number;
  readonly calls: number | null;
  readonly scope: string;
  /** Run folder that the numbers come from, relative to the project. */
  readonly run: string | null;
  /** What it would take to test the claim, as a noun phrase; null when it was tested. */
  readonly missing: string | null;
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
