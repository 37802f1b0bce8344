import { findOwnArm, findWorkload } from "../../arms/registry.js";
import type { Endpoints } from "../../hosts/host.js";
import type { RoundPart } from "../../record/calls.js";
import type { Load } from "../../record/load-info.js";
import { runClosedLoad } from "../closed-load.js";
import { runOpenLoad } from "../open-load.js";
import { alone, type LoadEnd, type LoadOptions, partOf } from "../running-load.js";
import { type Row, rowsOf } from "./rows.js";

/** What a load came to in this process. */
export interface RanLoad extends LoadEnd {
  readonly rows: readonly Row[];
  /** When it began and when it was over, on `performance.now()`, which its rows are on too. */
  readonly beganAt: number;
  readonly overAt: number;
}

/** How it is run; all but the server has a default. */
export interface RunLoadOptions extends Partial<Omit<LoadOptions, "signal">> {
  readonly endpoints: Endpoints;
  readonly arm?: string;
  /** Default `increment`. */
  readonly work?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Runs one client's share of a load by an arm opened for it. */
export async function runLoad(
  load: Load,
  { endpoints, arm = "rest", work = "increment", timeoutMs = 5000, ...options }: RunLoadOptions,
): Promise<RanLoad> {
  const share = options.share ?? alone;
  const workload = findWorkload(work);
  const parts: RoundPart[] = [];
  let connections = 0;
  const open = findOwnArm(arm).open({
    workload,
    endpoints,
    callers: partOf(share, load.users),
    timeoutMs,
    nextConnectionId: () => connections++ * share.of + share.client,
  });
  if (open.kind !== "calls") throw new Error(`${arm} makes no calls`);
  const beganAt = options.beginMs ?? performance.now();
  const all: LoadOptions = {
    arm,
    pair: 0,
    block: 0,
    clockOffsetMs: 0,
    seed: 1,
    mostCalls: Infinity,
    mostFailures: Infinity,
    onPart: (part) => parts.push(part),
    ...options,
    share,
    beginMs: beganAt,
  };
  const end =
    load.kind === "closed"
      ? await runClosedLoad(open.callers, workload, load, all)
      : await runOpenLoad(open.callers, workload, load, all);
  const overAt = performance.now();
  await open.close();
  return { ...end, rows: rowsOf(parts), beganAt, overAt };
}
