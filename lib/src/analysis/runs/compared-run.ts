import { whyTooLittle } from "../../errors.js";
import type { Run } from "../../record/run.js";
import type { RunInfo } from "../../record/run-info.js";
import type { ToolNumber } from "../../record/tools/call.js";
import type { ToolNumbers } from "../../record/tools/read-table.js";
import type { Estimate } from "../../stats/interval.js";
import type { Scope } from "../../stats/scope.js";
import { compareCalls, scopeOf } from "../compare.js";
import { type ArmNumber, armNumbers, estimated, missing, nothing } from "./run-metric.js";
import type { RunMetric } from "./run-metric-names.js";

/** One of several runs that are held against each other: its numbers, computed when they are asked for and then kept. */
export interface ComparedRun {
  /** What it is called: the path that was given, or the run's name. */
  readonly label: string;
  readonly arms: readonly string[];
  readonly scope: Scope;
  /** To how many ms its durations are rounded; 0 where they are not. */
  readonly durationStepMs: number;
  /** What its reader must know before believing it, sentences. */
  readonly warnings: readonly string[];
  /** Null for a file that has no calls in it. */
  readonly info: RunInfo | null;
  number(arm: string, metric: RunMetric): ArmNumber;
  /** First arm ÷ second arm, inside the blocks of this run. */
  ratio(first: string, second: string, metric: RunMetric): ArmNumber;
}

/** A run of calls as one of several. */
export async function comparedRun(run: Run, label: string): Promise<ComparedRun> {
  const { info, folder } = run;
  const calls = await run.calls();
  const ofArms = new Map(
    info.arms.map(({ name }) => [name, kept<RunMetric>(armNumbers(calls, name, info))] as const),
  );
  const number = (arm: string, metric: RunMetric) => ofArms.get(arm)?.(metric) ?? noArm(label);
  return {
    label,
    arms: [...ofArms.keys()],
    scope: scopeOf(info, new Set(calls.pair).size),
    durationStepMs: Math.max(0, ...(info.imported?.files ?? []).map((file) => file.durationStepMs)),
    warnings: run.warnings.map(({ message }) => message),
    info,
    number,
    ratio(first, second, metric) {
      if (metric === "error rate")
        return missing("a ratio of error rates has no interval that could be trusted");
      return (
        nothingOf([first, second], (arm) => number(arm, "median")) ??
        orMissing(() => compareCalls(calls, info, folder, { first, second, metric }).ratio)
      );
    },
  };
}

/** Which of two arms has no call for a ratio; null where both have. */
function nothingOf(arms: readonly string[], numberOf: (arm: string) => ArmNumber): ArmNumber | null {
  for (const arm of arms) {
    const number = numberOf(arm);
    if (number.kind === "missing" && number.nothing) return nothing(`of ${arm} ${number.why}`);
  }
  return null;
}

function orMissing(compute: () => Estimate): ArmNumber {
  try {
    return estimated(compute());
  } catch (error) {
    return missing(whyTooLittle(error).replace(/\.$/, ""));
  }
}

/** A file of which a tool wrote no calls as one of several: it has numbers, and nothing says how sure they are. */
export function comparedNumbers({ numbers, tool, notes }: ToolNumbers, label: string): ComparedRun {
  const whole = numbers.filter(({ condition }) => condition === "");
  const why = `${label} holds what ${tool} computed and none of its calls, so no interval can be made`;
  const told = (value: number | null): ArmNumber =>
    value === null ? missing(`${label} does not hold it`) : { kind: "told", value, why };
  const number = (arm: string, metric: RunMetric) =>
    metric !== "error rate" && toldNumber(whole, arm, "error rate") === 1
      ? nothing("none of its calls succeeded")
      : told(toldNumber(whole, arm, metric));
  return {
    label,
    arms: [...new Set(whole.map(({ arm }) => arm))],
    scope: "these processes only",
    durationStepMs: 0,
    warnings: notes,
    info: null,
    number,
    ratio(first, second, metric) {
      const none = nothingOf([first, second], (arm) => number(arm, metric));
      if (none !== null) return none;
      const [above, below] = [toldNumber(whole, first, metric), toldNumber(whole, second, metric)];
      return told(above === null || below === null ? null : above / below);
    },
  };
}

const msPer: Readonly<Record<string, number>> = { s: 1000, ms: 1, µs: 1e-3, us: 1e-3, ns: 1e-6 };

function toldNumber(numbers: readonly ToolNumber[], arm: string, metric: RunMetric): number | null {
  const of = (name: string) => numbers.find((one) => one.arm === arm && one.metric === name);
  if (metric === "error rate") {
    const [failed, all] = [of("failures"), of("count")];
    return failed === undefined || all === undefined || all.value === 0 ? null : failed.value / all.value;
  }
  const found = of(metric);
  if (found === undefined) return null;
  if (metric === "rate") return found.unit === "1/s" ? found.value : null;
  const factor = msPer[found.unit];
  return factor === undefined ? null : found.value * factor;
}

function noArm(label: string): ArmNumber {
  return nothing(`${label} has no such arm`);
}

function kept<Key>(compute: (key: Key) => ArmNumber): (key: Key) => ArmNumber {
  const known = new Map<Key, ArmNumber>();
  return (key) => {
    const found = known.get(key) ?? compute(key);
    known.set(key, found);
    return found;
  };
}
