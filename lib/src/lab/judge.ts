import { compareCalls } from "../analysis/compare.js";
import { type Comparison, type Metric, metrics } from "../analysis/types.js";
import type { Run } from "../record/run.js";
import type { RunInfo } from "../record/run-info.js";
import { runPath } from "../record/run-path.js";
import { type FindingTable, findingTable, type VerdictTable, verdictTable } from "../show/verdict-table.js";
import { auditPost } from "../verdicts/audit.js";
import { judgePost } from "../verdicts/post.js";
import type { Claim, ClaimMetric } from "../verdicts/types.js";

/**
 * What a run says of every claim of a post, as a table that also feeds the ledger. A claim whose arms or metric the
 * run has not comes out as not testable here, with what is missing.
 *
 * @example
 * await verdicts("003", run);
 */
export async function verdicts(post: string, run: Run): Promise<VerdictTable> {
  const calls = await run.calls();
  const compare = ({ first, second, metric }: Claim): Comparison | null => {
    const measured = calls.armNames.includes(first) && calls.armNames.includes(second);
    if (!measured || !isMetric(metric)) return null;
    return compareCalls(calls, run.info, runPath(run), { first, second, metric });
  };
  return verdictTable(
    judgePost(post, compare, {
      stack: stackOf(run.info),
      host: run.info.host,
      conditions: conditionsOf(run.info),
      missing: ({ first, second }) =>
        `a run with ${[first, second].filter((arm) => !calls.armNames.includes(arm)).join(" and ") || "that metric"}`,
    }),
  );
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
function conditionsOf({ host, processors, arms }: RunInfo): string {
  const place = host === "remote" ? "the server is remote" : "client and server share a machine";
  const pinning = processors === null ? [] : ["each has a processor of its own"];
  const chain = arms.every(({ callers }) => callers === 1) ? ["each call waits for the last answer"] : [];
  return [place, ...pinning, ...chain].join("; ");
}
