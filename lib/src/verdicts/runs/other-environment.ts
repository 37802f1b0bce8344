import type { Environment } from "../../record/run-info.js";
import { type Compared, isCompared } from "../baseline.js";
import { differing, said } from "./differing.js";

/** What differs between the machines and versions of two reports, a line each: `node: v20.20.2, now v22.1.0`. */
export function otherEnvironment(
  before: Environment,
  now: Environment,
  compared: readonly Compared[],
): readonly string[] {
  const facts = differing(environmentFacts(before), environmentFacts(now));
  // Python is known to the verdicts that rest on it, and not to the report.
  const stacks = compared.flatMap(({ before: one, now: other }) =>
    one === null || other === null ? [] : said("stack", one.stack, other.stack),
  );
  const [callsBefore, callsNow] = [callsOf(compared, "before"), callsOf(compared, "now")];
  const calls =
    Math.max(callsBefore, callsNow) > otherSize * Math.min(callsBefore, callsNow)
      ? said(
          "calls behind the verdicts",
          callsBefore.toLocaleString("en-US"),
          callsNow.toLocaleString("en-US"),
        )
      : [];
  return [...facts, ...new Set(stacks), ...calls];
}

/** Runs of one profile make about as many calls; more than this is another profile, whose calls are warm to another degree. */
const otherSize = 1.5;

function callsOf(compared: readonly Compared[], side: "before" | "now"): number {
  return compared.filter(isCompared).reduce((sum, one) => sum + (one[side]?.calls ?? 0), 0);
}

/** A machine and its software, a fact a name. */
export function environmentFacts({
  cpu,
  cores,
  memoryBytes,
  os,
  node,
  packages,
  gitCommit,
}: Environment): ReadonlyMap<string, string> {
  return new Map<string, string>([
    ["cpu", cpu],
    ["cores", String(cores)],
    ["memory", `${Math.round(memoryBytes / 1e9)} GB`],
    ["system", os],
    ["node", node],
    ...Object.entries(packages),
    ["commit", gitCommit?.slice(0, 12) ?? "unknown"],
  ]);
}
