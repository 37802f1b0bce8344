import { comparisonOrLacking } from "../analysis/compare.js";
import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import type { ArmInfo, RunInfo } from "../record/run-info.js";
import { runPath } from "../record/run-path.js";
import { workersOf } from "../record/server-workers.js";
import { type FindingTable, findingTable } from "../show/tables/finding-table.js";
import { type VerdictTable, verdictTable } from "../show/tables/verdict-table.js";
import { sayNumber } from "../stats/digits.js";
import { auditPost } from "../verdicts/audit/audit.js";
import { type Evidence, judgePost } from "../verdicts/post.js";
import { stackFor } from "../verdicts/published/post-stack.js";
import { isLoad, isOnPath, isUsualSize, settingNeeded } from "../verdicts/setting.js";
import { foreignOf, isEncrypted, sayStack } from "../verdicts/stack.js";
import type { Claim, ClaimMetric } from "../verdicts/types.js";
import { sayLoad } from "../verdicts/words/load-words.js";

/**
 * What runs say of every claim of a post, as a table that also feeds the ledger. A claim is judged by every run of its
 * work over the path and under the load that it is about, as far as that run has its arms and metric; where none has, it
 * comes out as not testable here, with what is missing.
 *
 * @throws WirelabError `usage` for a post without claims
 * @example
 * await lab.verdicts("003", run);
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
  const speaking = runs.filter(({ info }) => speaksOn(claim, info));
  if (speaking.length > 0) {
    const all = speaking.map((run) => evidenceOf(claim, run));
    const able = all.filter(({ comparison }) => comparison !== null);
    return able.length > 0 ? able : all;
  }
  const missing = runs.some(({ info }) => info.imported !== null)
    ? "a run that the lab made: whose client and server the calls of another tool had is not known"
    : settingNeeded(claim, { ...claim, condition: claim.conditions });
  return [{ comparison: null, stack: "nothing measured", host: "child", conditions: "", missing }];
}

/** What not every run knows, before the name of the arm. */
const countedWords: Partial<Record<ClaimMetric, string>> = {
  cpu: "the processor time of the server of",
  memory: "the memory of the server of",
  count: "how many calls there were of",
  bytes: "the bytes of an answer of",
};

/** An arm that the run has not is told of later, by its name. */
function speaksOn(claim: Claim, info: RunInfo): boolean {
  const { post, conditions: condition } = claim;
  const compared = comparedArms(claim, info);
  return (
    info.imported === null &&
    stackFor(post, info, stackArms(claim, info)) !== null &&
    info.work === claim.work &&
    isUsualSize(info) &&
    compared.every(
      (arm) => workersOf(info.servers, arm.server) === (arm.name === "rest-2-workers" ? 2 : 1),
    ) &&
    isOnPath(info, post, condition) &&
    compared.every(
      ({ protocol, callers }) =>
        protocol === "none" || isLoad({ load: info.load, callers }, { ...claim, condition }),
    )
  );
}

function comparedArms({ first, second }: Claim, { arms }: RunInfo): readonly ArmInfo[] {
  return arms.filter(({ name }) => name === first || name === second);
}

/** The arms that say whose stack a run is on: where it has none of the claim's, all of them. */
function stackArms(claim: Claim, info: RunInfo): readonly ArmInfo[] {
  const compared = comparedArms(claim, info);
  return compared.length > 0 ? compared : info.arms;
}

function evidenceOf(claim: Claim, { info, folder, calls }: Measured): Evidence {
  const { first, second, metric } = claim;
  const around = {
    stack: sayStack(info, stackArms(claim, info)),
    host: info.host,
    conditions: conditionsOf(claim, info),
  };
  const lacking = [first, second].filter((arm) => !calls.armNames.includes(arm));
  if (lacking.length > 0)
    return { ...around, comparison: null, missing: `a run with ${lacking.join(" and ")}` };
  if (metric === "spread" && info.callsPerRound < spreadCalls) {
    return { ...around, comparison: null, missing: `a run of ${spreadCalls} calls a round or more` };
  }
  if (loadsOf(claim, info).length > 1) {
    return {
      ...around,
      comparison: null,
      missing: `a run in which ${first} and ${second} have as many callers`,
    };
  }
  const comparison = comparisonOrLacking(calls, info, folder, { first, second, metric });
  if (!("missing" in comparison)) return { ...around, comparison };
  const what = countedWords[metric] ?? `the ${metric} of`;
  const missing = `a run that knows ${what} ${comparison.arm} (here ${comparison.missing})`;
  return { ...around, comparison: null, missing };
}

/**
 * What the laws say of the numbers that a post printed, before anything is compared with them.
 *
 * @example
 * lab.audit("000");
 */
export function audit(post: string): FindingTable {
  return findingTable(auditPost(post));
}

/** Each clause can follow "when". */
function conditionsOf(claim: Claim, info: RunInfo): string {
  const loads =
    info.load === null
      ? loadsOf(claim, info).map((callers) =>
          callers === 1 ? "one caller calls at a time" : `${callers} callers call at once`,
        )
      : [`the load is ${sayLoad(info.load)}`];
  const paused = info.pauseMs > 0 ? [`a pause of ${sayNumber(info.pauseMs)} ms goes before each call`] : [];
  const clients = info.clients > 1 ? [`${info.clients} client processes share the load`] : [];
  const loaded = claim.metric === "memory" ? [loadedIn(claim, info)] : [];
  const compared = comparedArms(claim, info);
  const encrypted = compared.some((arm) => isEncrypted(arm, info)) ? ["calls are encrypted"] : [];
  const ofArms = compared.flatMap((arm) => foreignOf(arm)?.condition ?? []);
  return [
    placeOf(info),
    ...ofArms,
    ...encrypted,
    ...pinningOf(info),
    ...loads,
    ...paused,
    ...clients,
    ...loaded,
  ].join("; ");
}

/** Memory is mostly what was loaded, whichever protocol is then called. */
function loadedIn(claim: Claim, info: RunInfo): string {
  const called = comparedArms(claim, info).map(({ server }) => server);
  const alone = info.servers.filter(
    ({ server, protocols }) => called.includes(server) && protocols.length === 1,
  );
  if (alone.length === new Set(called).size) return "every server has one protocol loaded";
  return alone.length === 0
    ? "every server has both protocols loaded"
    : "some servers have one protocol loaded and some have both";
}

/** How many callers call the compared arms at once; a plain function has no load. */
function loadsOf(claim: Claim, info: RunInfo): readonly number[] {
  const calling = comparedArms(claim, info).filter(({ protocol }) => protocol !== "none");
  return [...new Set(calling.map(({ callers }) => callers))];
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
