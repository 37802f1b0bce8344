import { type Contrast, type ContrastTerm, contrast } from "../../analysis/contrast.js";
import { whyTooLittle } from "../../errors.js";
import type { Run } from "../../record/run.js";
import { runPath } from "../../record/run-path.js";
import { formatMoment } from "../../show/words/number.js";
import type { Carry, DesignCell, Outcome } from "../design.js";
import { armsOf, type Condition } from "./condition.js";

/** A contrast, or why it could not be had, a sentence. */
export type Found =
  | { readonly kind: "found"; readonly contrast: Contrast }
  | { readonly kind: "missing"; readonly why: string };

/** Conditions and how each counts: the ratio under it as it is (1), or to be divided by (-1). */
export type Signed = readonly (readonly [Condition, 1 | -1])[];

/** The runs of a design by the conditions that they measured. */
export class Measured {
  private readonly outcomes: Outcome[];
  private readonly places: Map<Condition, Outcome>;

  constructor(like?: Measured) {
    this.outcomes = like?.outcomes ?? [];
    this.places = new Map(like?.places);
  }

  /** The same runs, but what is added to these is in a place that the others do not see. */
  aside(): Measured {
    return new Measured(this);
  }

  /** Carries out a run in which these conditions are measured; in a place where they were already it counts instead. */
  async add(carry: Carry, cell: DesignCell, conditions: readonly Condition[]): Promise<void> {
    const outcome = await this.keep(carry, cell);
    for (const condition of conditions) this.places.set(condition, outcome);
  }

  /** Carries out a run that measures no condition. */
  async keep(carry: Carry, cell: DesignCell): Promise<Outcome> {
    const outcome = await carry(cell);
    this.outcomes.push(outcome);
    return outcome;
  }

  /** Runs that there are, in the order in which they were added. */
  get runs(): readonly Run[] {
    return this.outcomes.flatMap((outcome) => (outcome.kind === "run" ? [outcome.run] : []));
  }

  /** Runs that had been measured before. */
  get before(): readonly Run[] {
    return this.outcomes.flatMap((one) => (one.kind === "run" && one.wasThere ? [one.run] : []));
  }

  /** Whether all of these are in one run. */
  shareRun(conditions: readonly Condition[]): boolean {
    return new Set(conditions.map((condition) => this.places.get(condition))).size === 1;
  }

  /** The ratio REST ÷ gRPC of conditions, multiplied and divided as their signs say. */
  async contrast(conditions: Signed): Promise<Found> {
    const terms: ContrastTerm[] = [];
    for (const [condition, sign] of conditions) {
      const outcome = this.places.get(condition);
      if (outcome === undefined) throw new Error("a contrast is asked of conditions that were carried out");
      if (outcome.kind === "failed") return { kind: "missing", why: outcome.reason };
      terms.push({ run: outcome.run, ...armsOf(condition), sign });
    }
    try {
      return { kind: "found", contrast: await contrast(terms) };
    } catch (error) {
      return { kind: "missing", why: whyTooLittle(error) };
    }
  }
}

/** Which runs were not measured now; nothing where all were. */
export function sayReadBefore({ runs, before }: Measured): readonly string[] {
  const [oldest] = before.map(({ info }) => info.startedAt).sort();
  if (oldest === undefined) return [];
  const when = `${formatMoment(oldest)} UTC`;
  return [
    `${before.length} of the ${runs.length} runs had been measured before, the first at ${when}, and were read; anew: true measures all of them again.`,
  ];
}

/** What the runs warn of, by how many of them do; nothing where none does. */
export function sayWarnings({ runs }: Measured): readonly string[] {
  const codes = runs.flatMap(({ warnings }) => [...new Set(warnings.map(({ code }) => code))]);
  const counted = [...new Set(codes)].map(
    (code) => `${code} in ${codes.filter((one) => one === code).length}`,
  );
  if (counted.length === 0) return [];
  return [
    `Of the ${runs.length} runs some carry warnings (${counted.join(", ")}); wirelab summary says which.`,
  ];
}

/** The folders that numbers of several runs come from, in one line; null where none was saved. */
export function foldersOf(runs: readonly Run[]): string | null {
  const folders = runs.flatMap((run) => runPath(run) ?? []);
  return folders.length === 0 ? null : folders.join(", ");
}
