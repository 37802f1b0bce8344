import { quoted } from "../../../quoted.js";
import type { ToolNumber } from "../call.js";
import { oneLine } from "./one-line.js";
import type { ToolFile } from "./tool-file.js";

/** What a number is of, and where it stands. */
export interface NumberPlace {
  readonly arm: string;
  readonly condition?: string;
  readonly line?: number;
}

/** Collects the numbers that a tool printed, in the order in which they are found. */
export class Numbers {
  readonly all: ToolNumber[] = [];
  readonly #file: ToolFile;

  constructor(file: ToolFile) {
    this.#file = file;
  }

  /** Adds a number as it is printed; nothing where there is none: `undefined`, "" or `N/A`. */
  add(place: NumberPlace, metric: string, unit: string, printed: string | number | undefined | null): void {
    if (printed === undefined || printed === null || printed === "" || printed === "N/A") return;
    const digits = typeof printed === "number" ? plain(printed) : printed;
    if (!/^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(digits) || !Number.isFinite(Number(digits))) {
      const where = place.line === undefined ? "" : `line ${place.line}, `;
      throw this.#file.wrong(`${where}${metric} of ${quoted(place.arm)}`, `${quoted(digits)} is no number`);
    }
    const { arm, condition = "" } = place;
    this.all.push({
      arm: tidied(arm) || "all",
      condition: tidied(condition),
      metric,
      unit,
      value: Number(digits),
      digits,
    });
  }

  /** Adds a time with its unit behind it: `2.71ms`, `304us`, `1.50m`. */
  addTime(place: { readonly arm: string }, metric: string, printed: string | undefined): void {
    if (printed === undefined) return;
    const [, number = "", unit = ""] = /^([\d.]+)\s*(us|µs|ms|s|secs|m|h)$/.exec(printed.trim()) ?? [];
    const inSeconds = ({ m: 60, h: 3600 } as Readonly<Record<string, number>>)[unit];
    if (inSeconds !== undefined) this.add(place, metric, "s", plain(Number(number) * inSeconds));
    else this.add(place, metric, unit === "µs" ? "us" : unit === "secs" ? "s" : unit, number || printed);
  }

  /** All of them. Throws `usage` where the file turned out to hold none. */
  end(): readonly ToolNumber[] {
    if (this.all.length > 0) return this.all;
    throw this.#file.wrong("its text", "there is no number in it that is known");
  }
}

/** A number without an exponent, as tables want it. */
function plain(value: number): string {
  return Math.abs(value) < 1e-6 || Math.abs(value) >= 1e21
    ? value.toFixed(12).replace(/\.?0+$/, "")
    : String(value);
}

function tidied(text: string): string {
  return oneLine(text).slice(0, 200);
}

/** What a percentile is called: the median has a word of its own. */
export function percentileName(percent: string): string {
  return Number(percent) === 50 ? "median" : `p${percent}`;
}
