import { compareCalls } from "../analysis/compare.js";
import { type Metric, metrics } from "../analysis/types.js";
import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import type { RunInfo } from "../record/run-info.js";
import { runPath } from "../record/run-path.js";
import { type FindingTable, findingTable, type VerdictTable, verdictTable } from "../show/verdict-table.js";
import { auditPost } from "../verdicts/audit.js";
import { type Evidence, judgePost } from "../verdicts/post.js";
import { isOnPath, settingNeeded } from "../verdicts/setting.js";
import type { Claim, ClaimMetric } from "../verdicts/types.js";

/**
 * What runs say of every claim of a post, as a table that also feeds the ledger. A claim is judged by every run of its
 * work over the path that it is about; without one, or where that run has not its arms or metric, it comes out as not
 * testable here, with what is missing.
 *
 * @example
 * await verdicts("003", run);
 */
export async function verdicts(post: string, runs: Run | readonly Run[]): Promise<VerdictTable> {
  const all = await Promise.all(
    [runs].flat().map(async (run) => ({ info: run.info, folder: runPath(run), calls: await run.calls() })),
  );
  return verdictTable(judgePost(post, (claim) => evidenceFor(claim, all)));
}

interface Measured {
  readonly info: RunInfo;
  readonly folder: string | null;
  readonly calls: Calls;
}

/** The range of a few calls says nothing of how far many lie apart. */
const spreadCalls = 100;

function evidenceFor(claim: Claim, runs: readonly Measured[]): readonly Evidence[] {
  const speaking = runs.filter(
    ({ info }) => info.work === claim.work && isOnPath(info, claim.post, claim.conditions),
  );
  if (speaking.length > 0) return speaking.map((run) => evidenceOf(claim, run));
  const missing = settingNeeded(claim, claim.post, claim.conditions);
  return [{ comparison: null, stack: "nothing measured", host: "child", conditions: "", missing }];
}

function evidenceOf({ first, second, metric }: Claim, { info, folder, calls }: Measured): Evidence {
  const around = { stack: stackOf(info), host: info.host, conditions: conditionsOf(info) };
  const lacking = [first, second].filter((arm) => !calls.armNames.includes(arm));
  if (lacking.length > 0)
    return { ...around, comparison: null, missing: `a run with ${lacking.join(" and ")}` };
  if (!isMetric(metric)) return { ...around, comparison: null, missing: `a run that counts ${metric}` };
  if (metric === "spread" && info.callsPerRound < spreadCalls) {
    return { ...around, comparison: null, missing: `a run of ${spreadCalls} calls a round or more` };
  }
  return { ...around, comparison: compareCalls(calls, info, folder, { first, second, metric }) };
}

/** What the laws say of the numbers that a post printed, before anything is compared with them. */
export function audit(post: string): FindingTable {
  return findingTable(auditPost(post));
}

/** Whether calls alone can say it, or it takes something else that was counted. */
function isMetric(metric: ClaimMetric): metric is Metric {
  return (metrics as readonly string[]).includes(metric);
}

function stackOf({ environment }: RunInfo): string {
  const version = (name: string) => `${name} ${environment.packages[name] ?? "of unknown version"}`;
  return `ported: ${version("express")}, ${version("@grpc/grpc-js")}, Node ${environment.node.replace(/^v/, "")}`;
}

/** Each clause can follow "when". */
function conditionsOf(info: RunInfo): string {
  const chain = info.arms.every(({ callers }) => callers === 1)
    ? ["each call waits for the last answer"]
    : [];
  return [placeOf(info), ...pinningOf(info), ...chain].join("; ");
}

function placeOf({ host, link }: RunInfo): string {
  if (link !== null) return `client and server are a modelled round trip of ${link.roundTripMs} ms apart`;
  return host === "remote" ? "the server is remote" : "client and server share a machine";
}

function pinningOf({ processors }: RunInfo): readonly string[] {
  if (processors === null) return [];
  return [
    processors.client === processors.server ? "both share one processor" : "each has a processor of its own",
  ];
}
