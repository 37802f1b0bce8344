import type { DataFrame } from "danfojs-node";
import type { LoadSummary } from "../../analysis/loads/load.js";
import type { LoadCost } from "../../analysis/loads/load-cost.js";
import type { ArmLoad } from "../../analysis/types.js";
import type { Estimate } from "../../stats/interval.js";
import type { Cell } from "../tables/table.js";
import { makeFrame } from "./frame.js";
import { coverage } from "./summary-frame.js";

/** One arm under load: what its calls took, and what that cost. */
export interface LoadRow {
  readonly load: LoadSummary;
  readonly cost: LoadCost;
  readonly schedule: ArmLoad | null;
}

/**
 * The table of a load as load generators print it, a row an arm: users, requests, failed ones, times in ms with their
 * intervals, requests a second with its interval, mean size of an answer's body. `under` says the load.
 *
 * @example
 * loadFrame(rows, "100 users, 10 started a second, without a pause, for 30 s")
 */
export function loadFrame(rows: readonly LoadRow[], under: string): DataFrame {
  const isOpen = rows.some(({ schedule }) => schedule?.askedPerSecond != null);
  const all = rows.map(
    ({ load, cost, schedule }): Columns => [
      ["arm", load.arm],
      ["users", cost.users],
      ["requests", load.requests],
      ["failed", load.failed],
      ...interval("p50", load.p50Ms),
      ...interval("p95", load.p95Ms),
      ...interval("p99", load.p99Ms),
      ...interval("mean", load.meanMs),
      ["minMs", load.minMs],
      ["maxMs", load.maxMs],
      ...(isOpen ? whenDue(schedule) : []),
      ["requestsPerSecond", load.requestsPerSecond?.value ?? null],
      ["requestsPerSecondLow", load.requestsPerSecond?.low ?? null],
      ["requestsPerSecondHigh", load.requestsPerSecond?.high ?? null],
      ["answerBytes", cost.answerBytes],
    ],
  );
  const confidence = rows.find(({ load }) => load.p50Ms !== null)?.load.p50Ms?.confidence;
  return frameOf(all, {
    caption: `Under ${under}: times of calls that succeeded${coverage(confidence)}`,
    notes: [
      ...missing(rows, {
        ...{ p50Ms: "median", p95Ms: "p95", p99Ms: "p99", meanMs: "mean" },
        requestsPerSecond: "rate",
      }),
      ...(isOpen ? missingWhenDue(rows) : []),
    ],
  });
}

/**
 * What the load cost, a row an arm: processor time of server and client a call, the server's memory, and how busy a client
 * process was. A client near 100 % measures itself.
 *
 * @example
 * loadCostFrame(rows, "200 calls a second, at random, for 5 s")
 */
export function loadCostFrame(rows: readonly LoadRow[], under: string): DataFrame {
  const all = rows.map(
    ({ load, cost }): Columns => [
      ["arm", load.arm],
      ["requests", load.requests],
      ["cpuMsPerCall", load.serverCpuMsPerRequest],
      ["clientCpuMsPerCall", cost.clientCpuMsPerCall],
      ["memoryPeakBytes", load.serverMemoryBytes],
      ["clientBusy", cost.clientBusy],
      ["clientLoopUse", cost.clientLoopUse],
    ],
  );
  return frameOf(all, {
    caption: `What it cost under ${under}; shares are those after the ramp, until the run time was over`,
    notes: missing(rows, { serverCpuMsPerRequest: "server CPU", serverMemoryBytes: "server memory" }),
  });
}

/** Of an open load what was asked beside what came, and what a user waits, from when the call was due. */
function whenDue(schedule: ArmLoad | null): Columns {
  return [
    ["askedPerSecond", schedule?.askedPerSecond ?? null],
    ["notSent", schedule?.notSent ?? null],
    ...interval("dueP50", schedule?.dueP50Ms ?? null),
    ...interval("dueP95", schedule?.dueP95Ms ?? null),
    ...interval("dueP99", schedule?.dueP99Ms ?? null),
  ];
}

type Columns = readonly (readonly [name: string, value: Cell])[];

function interval(name: string, estimate: Estimate | null): Columns {
  return [
    [`${name}Ms`, estimate?.value ?? null],
    [`${name}LowMs`, estimate?.low ?? null],
    [`${name}HighMs`, estimate?.high ?? null],
  ];
}

function frameOf(rows: readonly Columns[], words: { caption: string; notes: readonly string[] }): DataFrame {
  const columns = rows[0]?.map(([name]) => name) ?? ["arm"];
  return makeFrame(
    columns,
    rows.map((row) => row.map(([, value]) => value)),
    words,
  );
}

function missingWhenDue(rows: readonly LoadRow[]): readonly string[] {
  const names = {
    dueP50Ms: "median from when due",
    dueP95Ms: "p95 from when due",
    dueP99Ms: "p99 from when due",
  };
  return missing(rows, names, ({ schedule }, metric) => schedule?.refused[metric]?.refused);
}

/** A line a metric and reason, however many arms have it. */
function missing(
  rows: readonly LoadRow[],
  names: Readonly<Record<string, string>>,
  whyOf = ({ load }: LoadRow, metric: string) => load.notMeasured[metric],
): readonly string[] {
  return Object.entries(names).flatMap(([metric, name]) => {
    const reasons = new Map<string, string[]>();
    for (const row of rows) {
      const why = whyOf(row, metric);
      if (why !== undefined) reasons.set(why, [...(reasons.get(why) ?? []), row.load.arm]);
    }
    return [...reasons].map(([why, arms]) => `No ${name} for ${arms.join(", ")}: ${why}.`);
  });
}
