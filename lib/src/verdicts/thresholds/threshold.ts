import type { Subject } from "../../analysis/runs/across-runs.js";
import type { RunMetric } from "../../analysis/runs/run-metric-names.js";
import { WirelabError } from "../../errors.js";
import { caretLine, type Token, tokensOf } from "./threshold-tokens.js";
import { boundUnits, metricWords, type ThresholdUnit } from "./threshold-words.js";

/** What a threshold holds a number against. */
export type Bound =
  /** So many times the same number of the baseline. */
  | { readonly kind: "baseline"; readonly factor: number }
  /** In the unit of the metric: ms, calls a second, a share of 1, or times. */
  | { readonly kind: "value"; readonly value: number };

/** A sentence of `--fail-if`: a build fails where the number lies beyond the bound. */
export interface Threshold {
  /** As it was written. */
  readonly text: string;
  readonly subject: Subject;
  readonly beyond: "above" | "below";
  readonly bound: Bound;
  /** Where in the text `*` stands for every arm; null where one is named. */
  readonly everyArmAt: number | null;
}

/** The forms that a threshold can have. */
const thresholdForms =
  "METRIC ARM > FACTOR * baseline, METRIC ARM > VALUE UNIT, or METRIC ARM / ARM > FACTOR; < likewise; * is every arm";

/**
 * Reads a threshold. Throws `usage` that points at the place and lists what is allowed there.
 *
 * @example
 * parseThreshold("p99 rest > 1.10 * baseline").bound; // { kind: "baseline", factor: 1.1 }
 */
export function parseThreshold(written: string): Threshold {
  const text = written.trim();
  const reader = new Reader(text);
  const metric = reader.metric();
  const everyArmAt = reader.everyArm();
  const arm = everyArmAt === null ? reader.arm("an arm, or * for every arm,") : "*";
  const per = reader.takes("/") ? reader.arm("the arm to divide by") : null;
  if (per !== null && metric === "error rate") {
    throw reader.wrong(
      "error rates are not divided by each other, as one may be 0: give a threshold for each arm",
    );
  }
  const beyond = reader.operator();
  const bound = reader.bound(metric, per);
  reader.end();
  return { text, subject: { metric, arm, per }, beyond, bound, everyArmAt };
}

/** The same of each arm where `*` stands for every one, else itself. */
export function ofEachArm(threshold: Threshold, arms: readonly string[]): readonly Threshold[] {
  const { text, everyArmAt } = threshold;
  if (everyArmAt === null) return [threshold];
  const named = (arm: string) => `"${arm.replaceAll(/["\\]/g, "\\$&")}"`;
  return arms.map((arm) =>
    parseThreshold(`${text.slice(0, everyArmAt)}${named(arm)}${text.slice(everyArmAt + 1)}`),
  );
}

/** Takes tokens one after another. */
class Reader {
  private at = 0;
  private readonly text: string;
  private readonly tokens: readonly Token[];

  constructor(text: string) {
    this.text = text;
    this.tokens = tokensOf(text, (why, at) => this.error(why, at));
  }

  metric(): RunMetric {
    const [first, second] = [this.tokens[this.at], this.tokens[this.at + 1]];
    const two = first?.kind === "word" && second?.kind === "word" ? `${first.text} ${second.text}` : "";
    for (const [words, taken] of [
      [two, 2],
      [first?.kind === "word" ? first.text : "", 1],
    ] as const) {
      const metric = metricWords.get(words.toLowerCase());
      if (metric === undefined) continue;
      this.at += taken;
      return metric;
    }
    throw this.wrong(`a metric has to stand here: ${[...new Set(metricWords.values())].join(", ")}`);
  }

  everyArm(): number | null {
    const at = this.tokens[this.at]?.at ?? null;
    return this.takes("*") ? at : null;
  }

  arm(what: string): string {
    const token = this.tokens[this.at];
    if (token?.kind === "word" || token?.kind === "quoted") {
      this.at++;
      return token.text;
    }
    throw this.wrong(`the name of ${what} has to stand here, in quotes where it has spaces`);
  }

  takes(sign: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "sign" || token.text !== sign) return false;
    this.at++;
    return true;
  }

  operator(): "above" | "below" {
    if (this.takes(">") || this.takes(">=")) return "above";
    if (this.takes("<") || this.takes("<=")) return "below";
    throw this.wrong("one of >, >=, <, <= has to stand here");
  }

  bound(metric: RunMetric, per: string | null): Bound {
    const units = boundUnits(metric, per !== null);
    if (this.takesWord("baseline")) return this.baseline(metric, this.takes("*") ? this.number().value : 1);
    const from = this.at;
    const { value, unit } = this.number();
    if (unit === "" && this.takes("*")) {
      if (!this.takesWord("baseline")) throw this.wrong("after * only baseline can stand");
      return this.baseline(metric, value, from);
    }
    return { kind: "value", value: value * this.factor(units, unit) };
  }

  end(): void {
    if (this.at < this.tokens.length) throw this.wrong("the threshold has to end here");
  }

  wrong(why: string): WirelabError {
    return this.error(why, this.tokens[this.at]?.at ?? this.text.length);
  }

  private baseline(metric: RunMetric, factor: number, from = this.at): Bound {
    if (metric !== "error rate") return { kind: "baseline", factor };
    this.at = from;
    throw this.wrong(
      "an error rate is held against a share, such as 1 %, since that of the baseline may be 0",
    );
  }

  private number(): { readonly value: number; readonly unit: string } {
    const token = this.tokens[this.at];
    const [, digits, unit = ""] =
      (token?.kind === "word" && /^(\d+(?:\.\d+)?|\.\d+)(\D.*)?$/.exec(token.text)) || [];
    if (digits === undefined || !(Number(digits) >= 0)) throw this.wrong("a number has to stand here");
    this.at++;
    return { value: Number(digits), unit };
  }

  /** What the number is multiplied by, from its unit, which may stand apart. */
  private factor(units: readonly ThresholdUnit[], attached: string): number {
    const apart = this.tokens[this.at];
    const written = attached !== "" ? attached : apart?.kind === "word" ? apart.text : "";
    const unit = units.find(({ names }) => names.includes(written));
    if (unit === undefined) {
      if (attached !== "") this.at--;
      const allowed = units.map(({ names: [name] }) => name).join(", ");
      throw this.wrong(
        allowed === ""
          ? "a ratio of two arms has no unit; after its number only * baseline can stand"
          : `a unit has to stand after the number: ${allowed}; or * baseline`,
      );
    }
    if (attached === "" && written !== "") this.at++;
    return unit.factor;
  }

  private takesWord(word: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "word" || token.text.toLowerCase() !== word) return false;
    this.at++;
    return true;
  }

  private error(why: string, at: number): WirelabError {
    return new WirelabError(
      "usage",
      `The threshold cannot be read at character ${at + 1}: ${why}.\n${caretLine(this.text, at)}\nIts forms are ${thresholdForms}.`,
    );
  }
}
