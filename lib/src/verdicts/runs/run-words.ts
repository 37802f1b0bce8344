import { sayPercent } from "../../stats/digits.js";
import { usualSmallestEffect } from "../../stats/side.js";
import type { AgainstBaseline, Changed } from "./runs-compared.js";

/** What a reader must know of a run beside its baseline, besides the numbers: sentences, those that change their meaning first. */
export function sayAgainstBaseline(against: AgainstBaseline, baseline: string): readonly string[] {
  const { differences, scope, changes, onlyInBaseline, onlyHere, run, same, warnings } = against;
  const { question, effort, environment, untold } = differences;
  const both = onlyInBaseline.length + onlyHere.length > 0;
  return [
    ...(same ? ["They are the same run, given twice."] : []),
    ...(question.length === 0
      ? []
      : [
          `The two answer different questions, and a ratio holds all of that at once: ${question.join("; ")}.`,
        ]),
    ...(changes.length === 0 ? ["No arm is in both, so nothing can be compared."] : [sayRunScope(scope)]),
    ...(environment.length === 0 ? [] : [`Machine and versions differ: ${environment.join("; ")}.`]),
    ...(untold.length === 0 ? [] : [`Machine and versions are not told by ${untold.join(" and ")}.`]),
    ...(effort.length === 0
      ? []
      : [`Not as much was measured, or not in the same way: ${effort.join("; ")}.`]),
    ...(both ? [onlyIn(baseline, onlyInBaseline), onlyIn(run, onlyHere)].filter((line) => line !== "") : []),
    ...withoutVerdict(changes),
    ...warnings.map((warning) => `Of ${warning.run}: ${warning.message}`),
  ];
}

function sayRunScope(scope: AgainstBaseline["scope"]): string {
  const few =
    scope === "these processes only"
      ? " One of them has fewer than ten pairs of fresh processes, so this speaks of those processes only: two identical servers differ by a per cent or two."
      : "";
  return `Two runs share neither the hour nor the processes, so whatever else changed between them is in their ratio; a difference below ${sayPercent(usualSmallestEffect)} does not count.${few}`;
}

function onlyIn(label: string, arms: readonly string[]): string {
  return arms.length === 0 ? "" : `Only in ${label}: ${arms.join(", ")}.`;
}

/** A line a reason, however many numbers have it. */
function withoutVerdict(changes: readonly Changed[]): readonly string[] {
  const reasons = new Map<string, string[]>();
  for (const { word, metric, arm, why, rounding } of changes) {
    if (word !== "no verdict") continue;
    const reason = why === "" ? `it would be finer than the data, for ${rounding}` : why;
    reasons.set(reason, [...(reasons.get(reason) ?? []), `${metric} of ${arm}`]);
  }
  return [...reasons].map(([why, numbers]) => `No verdict on the ${listed(numbers)}: ${why}.`);
}

/** More names than a reader takes in are counted. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(", ");
  return names.length <= 6 ? shown : `${shown} and ${names.length - 6} more`;
}
