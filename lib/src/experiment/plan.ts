import { randomInt } from "node:crypto";
import { type InputFile, readInput } from "../arms/input-file.js";
import { armsFor, findArm, findWorkload, workSize } from "../arms/registry.js";
import type { AnyWorkload } from "../arms/workload.js";
import { WirelabError } from "../errors.js";
import { type Endpoints, type HostKind, sharesProcess } from "../hosts/host.js";
import { type NodeExecutable, readNode } from "../hosts/node-executable.js";
import { programNames } from "../hosts/program.js";
import type { Load, StopAfter } from "../record/load-info.js";
import type { LinkParameters, ServerInfo } from "../record/run-info.js";
import { checkedLoad } from "../schedule/load-choice.js";
import { createRandom } from "../stats/random.js";
import { rejectForeign } from "./foreign-plan.js";
import { type LinkChoice, linkParameters } from "./link-choice.js";
import { clientsOf, rejectForLoad, stopAfterOf } from "./load-plan.js";
import type { ArmChoice, PlanOptions } from "./plan-options.js";
import { primeBlock } from "./priming.js";
import { checkedProgram, serversOf } from "./server-plan.js";
import { refuseCallersAtOnce, refuseUnbounded } from "./service-bounds.js";
import {
  armNameOf,
  armsElsewhere,
  findOperation,
  type PreparedService,
  serverNumberOf,
  serviceWork,
} from "./service-plan.js";
import { wholeNumber } from "./whole-number.js";

/** An arm as it was decided. */
export interface PlannedArm extends Required<ArmChoice> {
  /** Which operation of the service it calls; null where it does a work of the lab. */
  readonly operation: string | null;
}

/** A run before it starts: everything decided, nothing measured. */
export interface Plan
  extends Required<
    Omit<
      PlanOptions,
      "arms" | "service" | "input" | "size" | "remote" | "calls" | "link" | "load" | "stopAfter" | "node"
    >
  > {
  readonly input: InputFile | null;
  /** Null for a work that has none. */
  readonly size: number | null;
  readonly arms: readonly PlannedArm[];
  /** Null where the arms do a work of the lab. */
  readonly service: PreparedService | null;
  readonly servers: readonly ServerInfo[];
  readonly remote: Endpoints | null;
  readonly link: LinkParameters | null;
  /** Null for the one that runs this. */
  readonly node: NodeExecutable | null;
  readonly load: Load | null;
  readonly stopAfter: StopAfter;
  /** `order[pair][block]`: the arm names in the order in which that block runs them. */
  readonly order: readonly (readonly (readonly string[])[])[];
}

/** Decides everything about a run before it starts; a wrong option is a `usage` error that names it. */
export function makePlan(options: PlanOptions): Plan {
  const { service = null } = options;
  const host = options.host ?? (service === null ? "child" : "remote");
  if (service !== null) rejectForService(options, host);
  const size = service === null ? workSize(options.work ?? "increment", options.size ?? null) : null;
  const workload = service === null ? workloadOf(options, size) : null;
  const work = workload?.name ?? serviceWork;
  const load = options.load === undefined ? null : checkedLoad(options.load);
  const clients = clientsOf(options.clients ?? 1, load, host);
  const encrypted = tlsOf(options);
  const arms = options.arms.map((arm) => toChoice(arm, { load, service, tls: encrypted }));
  for (const arm of arms) {
    if (workload !== null) rejectUnfit(arm.arm, workload);
    rejectWatched(arm);
    rejectForeign(arm, { load, host });
  }
  if (arms.length === 0)
    throw new WirelabError("usage", "A run needs at least one arm; name one, e.g. rest.");
  rejectRepeats(arms.map((arm) => arm.name));
  if (service === null && host === "remote" && arms.some(({ tls }) => tls !== encrypted)) throw remoteTls();
  if (service === null && (host === "remote") !== (options.remote !== undefined)) {
    throw new WirelabError("usage", "Host remote and the option remote (its addresses) go together.");
  }
  const pairs = wholeNumber("pairs", options.pairs ?? (sharesProcess(host) || service !== null ? 1 : 10), 1);
  if (sharesProcess(host) && pairs > 1) {
    throw new WirelabError(
      "usage",
      `Host ${host} shares the client's process, so its pairs would not be fresh: use 1 pair.`,
    );
  }
  const blocks = wholeNumber("blocks", options.blocks ?? (load === null ? 10 : 1), 1);
  const warmupBlocks = wholeNumber("warmupBlocks", options.warmupBlocks ?? (load === null ? 5 : 2), 0);
  const seed = wholeNumber("seed", options.seed ?? randomInt(2 ** 31), 0);
  const names = arms.map((arm) => arm.name);
  const plan: Plan = {
    name: options.name ?? work,
    work,
    service,
    input: options.input ?? null,
    size,
    arms,
    servers: serversOf(arms, { work, host }),
    pairs,
    blocks,
    warmupBlocks,
    primeCalls:
      warmupBlocks > primeBlock
        ? wholeNumber("primeCalls", options.primeCalls ?? (service === null ? 600 : 0), 0)
        : 0,
    // How many calls a load makes is for it to say.
    callsPerRound: load === null ? callsPerRound(options, pairs * blocks) : 0,
    load,
    clients,
    stopAfter: stopAfterOf(options.stopAfter ?? {}),
    host,
    remote: options.remote ?? null,
    tls: service === null ? encrypted : arms.every(({ tls }) => tls),
    link: linkOf(options.link, host),
    node: nodeOf(options.node, host),
    predictions: (options.predictions ?? []).filter(({ arm }) => names.includes(arm)),
    foretold: options.foretold ?? [],
    seed,
    timeoutMs: wholeNumber("timeoutMs", options.timeoutMs ?? 5000, 1),
    failuresInARow: wholeNumber("failuresInARow", options.failuresInARow ?? 5, 1),
    order: drawOrder({ names, pairs, blocks: warmupBlocks + blocks, seed }),
  };
  if (service !== null) {
    const elsewhere = armsElsewhere(service, arms);
    if (elsewhere.length > 0) {
      if (load === null) refuseCallersAtOnce(arms, service.bounds);
      const { bounds, callsBefore } = service;
      refuseUnbounded({ ...plan, arms: elsewhere.map(({ name }) => name), callsBefore }, bounds);
    }
  }
  return plan;
}

function workloadOf({ work = "increment", input }: PlanOptions, size: number | null): AnyWorkload {
  return findWorkload(work, { input: input === undefined ? null : readInput(input), size });
}

/** Somebody's servers run where they run, and what they are asked stands in their operations. */
function rejectForService({ work, input, size, remote, tls, link, node }: PlanOptions, host: HostKind): void {
  const given = Object.entries({ work, input, size, remote, tls, link, node });
  const [option] = given.find(([, value]) => value !== undefined) ?? [];
  if (option !== undefined) {
    throw new WirelabError(
      "usage",
      `The operations of a service say what is called and where: leave ${option} out.`,
    );
  }
  if (host === "remote") return;
  throw new WirelabError(
    "usage",
    `A service runs already, so its host is remote, not ${host}: leave host out.`,
  );
}

function callsPerRound(options: PlanOptions, rounds: number): number {
  if (options.callsPerRound !== undefined) return wholeNumber("callsPerRound", options.callsPerRound, 1);
  return Math.ceil(wholeNumber("calls", options.calls ?? 10_000, 1) / rounds);
}

function toChoice(
  arm: string | ArmChoice,
  {
    load,
    service,
    tls,
  }: { readonly load: Load | null; readonly service: PreparedService | null; readonly tls: boolean },
): PlannedArm {
  const named = typeof arm === "string" ? { name: arm } : arm;
  const choice = service === null ? named : calledOf(named, service);
  if (load !== null) rejectForLoad(choice);
  return {
    name: choice.name,
    arm: findArm(choice.arm ?? choice.name).name,
    callers: load?.users ?? wholeNumber("callers", choice.callers ?? 1, 1),
    program: checkedProgram(choice.program ?? "node"),
    server: wholeNumber("server", choice.server ?? programNames.indexOf(choice.program ?? "node"), 0),
    workers: wholeNumber("workers", choice.workers ?? 1, 1),
    tls: choice.tls ?? tls,
    operation: service === null ? null : (named.arm ?? named.name),
    windowBytes: choice.windowBytes == null ? null : wholeNumber("windowBytes", choice.windowBytes, 65_535),
    plantedDelayUs: choice.plantedDelayUs ?? 0,
  };
}

/** An arm of an operation: what makes its calls, and which server they go to. */
function calledOf(
  { name, arm: operation = name, callers, ...rest }: ArmChoice,
  service: PreparedService,
): ArmChoice {
  const [option] = Object.keys(rest);
  if (option !== undefined) {
    throw new WirelabError(
      "usage",
      `${name} calls a server that runs already, so its ${option} is not ours to choose: leave it out.`,
    );
  }
  const prepared = findOperation(service, operation);
  return {
    name,
    arm: armNameOf(prepared),
    server: serverNumberOf(service, operation),
    tls: prepared.endpoints.tls !== undefined,
    ...(callers !== undefined && { callers }),
  };
}

function linkOf(choice: LinkChoice | undefined, host: HostKind): LinkParameters | null {
  if (choice === undefined) return null;
  if (host === "child") return linkParameters(choice);
  throw new WirelabError("usage", `A link leads to servers in processes of their own, not to host ${host}.`);
}

function nodeOf(path: string | undefined, host: HostKind): NodeExecutable | null {
  if (path === undefined) return null;
  if (host === "child") return readNode(path);
  throw new WirelabError(
    "usage",
    `Another Node takes processes of its own, so it needs host child, not ${host}.`,
  );
}

function tlsOf({ tls, remote }: PlanOptions): boolean {
  if (remote === undefined) return tls ?? false;
  const encrypted = remote.tls !== undefined;
  if (tls === undefined || tls === encrypted) return encrypted;
  throw remoteTls();
}

function remoteTls(): WirelabError {
  return new WirelabError("usage", "Whether remote servers are encrypted is theirs to say: give remote.tls.");
}

function rejectUnfit(arm: string, workload: AnyWorkload): void {
  const fitting = armsFor(workload).map(({ name }) => name);
  if (fitting.includes(arm)) return;
  throw new WirelabError(
    "usage",
    `The work ${workload.name} cannot be called by ${arm}; it has ${fitting.join(", ")}.`,
  );
}

function rejectWatched({ name, arm, callers }: Required<ArmChoice>): void {
  const found = findArm(arm);
  if (callers === 1 || !("watched" in found) || found.watched === undefined) return;
  throw new WirelabError(
    "usage",
    `${name} is watched from inside, which takes one caller: whose call an event belongs to could not be told of ${callers}.`,
  );
}

function rejectRepeats(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw new WirelabError("usage", `Two arms are named "${repeated}"; give each a name of its own.`);
}

function drawOrder(options: { names: readonly string[]; pairs: number; blocks: number; seed: number }) {
  const random = createRandom(options.seed);
  return Array.from({ length: options.pairs }, () =>
    Array.from({ length: options.blocks }, () => random.shuffled(options.names)),
  );
}
