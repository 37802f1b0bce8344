import { WirelabError } from "../../errors.js";
import { sayAbout, saySize } from "../../stats/digits.js";
import type { Condition } from "../conditions/condition.js";

/**
 * One axis of a map: bytes of a body, round trips in ms (0 for no link), or callers at the same time.
 *
 * @example
 * const distance: lab.MapAxis = { roundTripsMs: [0, 1.5, 35] };
 */
export type MapAxis =
  | { readonly sizesBytes: readonly number[] }
  | { readonly roundTripsMs: readonly number[] }
  | { readonly callers: readonly number[] };

/** An axis with its words. */
export interface Axis {
  /** In names of runs. */
  readonly name: string;
  readonly title: string;
  readonly values: readonly number[];
  change(value: number): Partial<Condition>;
  /** A value as a tick. */
  tick(value: number): string;
  /** A value between ticks, to two digits. */
  about(value: number): string;
  /** A value as the place that a sentence begins with: `At a round trip of 1.5 ms`. */
  at(value: number): string;
}

const kinds: Readonly<Record<string, Omit<Axis, "values">>> = {
  sizesBytes: {
    name: "size",
    title: "body size",
    change: (sizeBytes) => ({ sizeBytes }),
    tick: saySize,
    about: (bytes) =>
      bytes < 1024
        ? `${sayAbout(bytes)} B`
        : bytes < 1024 ** 2
          ? `${sayAbout(bytes / 1024)} KB`
          : `${sayAbout(bytes / 1024 ** 2)} MB`,
    at: (bytes) => `With a body of ${saySize(bytes)}`,
  },
  roundTripsMs: {
    name: "round-trip",
    title: "round trip",
    change: (roundTripMs) => ({ roundTripMs }),
    tick: (ms) => (ms === 0 ? "no link" : `${ms} ms`),
    about: (ms) => `${sayAbout(ms)} ms`,
    at: (ms) => (ms === 0 ? "Without a link" : `At a round trip of ${ms} ms`),
  },
  callers: {
    name: "callers",
    title: "callers at once",
    change: (callers) => ({ callers }),
    tick: (callers) => callers.toLocaleString("en-US"),
    about: (callers) => `${sayAbout(callers)} callers`,
    at: (callers) => (callers === 1 ? "With one caller" : `With ${callers.toLocaleString("en-US")} callers`),
  },
};

/** An axis as it was asked for; one that is unknown, too short or does not rise is a `usage` error. */
export function axisOf(which: "x" | "y", asked: MapAxis): Axis {
  const [[name, values] = ["", []], ...others] = Object.entries(asked) as [string, readonly number[]][];
  const kind = kinds[name];
  if (kind === undefined || others.length > 0) {
    throw new WirelabError(
      "usage",
      `The axis ${which} of a map is one of ${Object.keys(kinds).join(", ")}, not "${Object.keys(asked).join(", ")}".`,
    );
  }
  if (values.length < 2 || values.some((value, i) => !(value > (values[i - 1] ?? -1)))) {
    throw new WirelabError(
      "usage",
      `The axis ${which} (${name}) takes two values or more that rise, not ${values.join(", ")}.`,
    );
  }
  if (which === "x" && values[0] === 0) {
    throw new WirelabError(
      "usage",
      `The axis x (${name}) is logarithmic and begins above 0: put what begins at 0 on y.`,
    );
  }
  return { ...kind, values };
}
