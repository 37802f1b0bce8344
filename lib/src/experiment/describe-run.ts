import { createHash } from "node:crypto";
import { basename } from "node:path";
import { findArm, findWorkload } from "../arms/registry.js";
import type { InputFile } from "../arms/works/input-file.js";
import type { Endpoints } from "../hosts/host.js";
import { allowedProcessors, hasTaskset } from "../hosts/processor.js";
import { readEnvironment } from "../record/machine/environment.js";
import type { InputInfo, PythonInfo, RunInfo } from "../record/run-info.js";
import type { Plan } from "./plan/plan.js";
import { describeService, findOperation, notMeasuredOf, sayClient } from "./plan/service-plan.js";

/** Processors that client and server are pinned to; null where the system chooses. */
export type Processors = RunInfo["processors"];

/** Which processors client and server run on: one each, one for both, or as the system likes. */
export type ProcessorChoice = "own" | "shared" | "any";

/**
 * The processors of a choice, as far as there are so many and they can be pinned to. Workers are left to the system, and so
 * is all else of their run: on one processor a second worker could not help, and elsewhere it would meet the client.
 */
export function chooseProcessors(plan: Plan, choice: ProcessorChoice): Processors {
  // Several clients on one processor would wait for each other.
  const several = plan.clients > 1 || hasWorkers(plan);
  if (choice === "any" || plan.host !== "child" || several || !hasTaskset()) return null;
  const [client, second] = allowedProcessors();
  const server = choice === "shared" ? client : second;
  return client === undefined || server === undefined ? null : { client, server };
}

function hasWorkers({ servers }: Plan): boolean {
  return servers.some(({ workers }) => workers > 1);
}

/** Why client and server do not share a processor though they were to. */
function whyNotShared(plan: Plan): string {
  const why = hasWorkers(plan)
    ? "a server of several workers is left to the system"
    : plan.clients > 1
      ? "several clients are left to the system"
      : "this system cannot pin them";
  return `client and server were to share one processor, and ${why}`;
}

const notKnownElsewhere =
  "what Locust's workers used is not known, since others started them, so nobody checked whether they were the limit";

/** What of a run's clients the plan does not say. */
interface ClientFacts {
  readonly python?: PythonInfo | null;
  /** Whether others start Locust's workers. */
  readonly elsewhere?: boolean;
}

/** The remote addresses and the folders of files are the reader's own business. */
function describeInput({ path, ...input }: InputFile): InputInfo {
  return { file: basename(path), ...input };
}

function digestOf({ restUrl, grpcAddress }: Endpoints): string {
  return createHash("sha256")
    .update(JSON.stringify([restUrl, grpcAddress]))
    .digest("hex");
}

/** What makes an arm's calls, and what of them it cannot measure. */
function clientOf(
  { work, service }: Plan,
  arm: string,
  operation: string | null,
): Pick<RunInfo["arms"][number], "client" | "notMeasured"> {
  if (service !== null && operation !== null) {
    const prepared = findOperation(service, operation);
    return { client: sayClient(prepared, arm), notMeasured: notMeasuredOf(prepared) };
  }
  const { client, notMeasured } = findArm(arm);
  const { serverMs } = findWorkload(work);
  const ofWork = serverMs === undefined ? { serverMs: `an answer of ${work} does not say it` } : {};
  return { client, notMeasured: { ...ofWork, ...notMeasured } };
}

/** A run before its first call, as it stands in `run.json` while it goes on. */
export function describeRun(
  plan: Plan,
  processors: Processors,
  choice: ProcessorChoice,
  { python = null, elsewhere = false }: ClientFacts = {},
): RunInfo {
  const { arms, service, remote, failuresInARow: _, input, link, node, ...planned } = plan;
  return {
    format: 1,
    startedAt: new Date().toISOString(),
    finishedAt: null,
    status: "running",
    reason: null,
    environment: {
      ...readEnvironment(python),
      // Its path is the reader's own business.
      ...(node !== null && { node: node.version, v8: node.v8 }),
    },
    ...planned,
    servers: plan.host === "remote" ? [] : plan.servers,
    imported: null,
    ...(service !== null && { service: describeService(service, arms) }),
    ...(remote !== null && { addressesSha256: digestOf(remote) }),
    input: input === null ? null : describeInput(input),
    arms: arms.map(({ workers: _, program: __, tls: ___, windowBytes: ____, operation, ...choice }) => {
      const { protocol } = findArm(choice.arm);
      const calls = operation === null ? {} : { operation };
      return { ...choice, protocol, ...calls, ...clientOf(plan, choice.arm, operation) };
    }),
    link: link === null ? null : { ...link, pingMs: [] },
    processors,
    warmFromBlock: [],
    warnings: [],
    leftOut: [
      ...(choice === "shared" && processors === null ? [whyNotShared(plan)] : []),
      ...(elsewhere ? [notKnownElsewhere] : []),
    ],
    usageMissing: "it is written at the end of a run, and this one did not reach it",
    counted: [],
    loadRounds: [],
    usage: [],
    wire: [],
    instants: [],
  };
}
