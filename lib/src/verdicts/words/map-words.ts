import type { Crossing } from "../../stats/curves/crossing.js";
import type { Estimate } from "../../stats/interval.js";
import { fasterOf } from "../effects.js";

/** A row of a map, and how its places are said. */
export interface MapRowWords {
  readonly cells: readonly { readonly ratio: Estimate | null; readonly missing: string }[];
  /** On the axis of x; null where too little was measured. */
  readonly crossing: Crossing | null;
  /** Which row it is, as a sentence begins. */
  readonly at: string;
  /** A value of x to two digits, with its unit. */
  about(value: number): string;
}

/**
 * Where in a row of a map the winner changes, as a sentence made from its cells.
 *
 * @example
 * sayMapRow(row); // "Without a link the medians meet at 9.1 KB (99 %: 6.4 KB to 15 KB); REST is faster below, gRPC above."
 */
export function sayMapRow({ cells, crossing, at, about }: MapRowWords): string {
  const failed = cells.filter(({ ratio }) => ratio === null).length;
  const without = failed === 0 ? "" : ` (${failed} of ${cells.length} cells failed)`;
  if (crossing === null) return `${at} too little was measured to look for a crossing${without}.`;
  const measured = cells.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  switch (crossing.kind) {
    case "once": {
      const between = `99 %: ${end(crossing.low, about)} to ${end(crossing.high, about)}`;
      return `${at} the medians meet at ${about(crossing.at)} (${between}); ${sides(measured)}${without}.`;
    }
    case "never": {
      const winner = crossing.side === "below" ? "REST" : "gRPC";
      const sure = measured.filter((ratio) => fasterOf(ratio) === winner).length;
      return `${at} ${winner} has the shorter median in every cell, beyond doubt in ${sure} of ${measured.length}${without}.`;
    }
    case "several":
      return `${at} the shorter median changes hands ${crossing.count} times, so there is no one crossing${without}.`;
  }
}

/** Who is faster on which side of a crossing, where a cell decides it. */
function sides(measured: readonly Estimate[]): string {
  const rising = (measured[0] as Estimate).value < 1;
  const [below, above] = rising ? (["REST", "gRPC"] as const) : (["gRPC", "REST"] as const);
  const decided = (who: "REST" | "gRPC") => measured.some((ratio) => fasterOf(ratio) === who);
  if (decided(below) && decided(above)) return `${below} is faster below, ${above} above`;
  if (decided(above)) return `${above} is faster above, and below no cell is decided, so they may not cross`;
  if (decided(below)) return `${below} is faster below, and above no cell is decided, so they may not cross`;
  return "but no cell is decided, so they may not cross";
}

function end(value: number, about: (value: number) => string): string {
  if (value === 0) return "below all that was measured";
  return value === Number.POSITIVE_INFINITY ? "above all that was measured" : about(value);
}
