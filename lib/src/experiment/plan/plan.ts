import { randomInt } from "node:crypto";
import { findWorkload, workSize } from "../../arms/registry.js";
import type { AnyWorkload } from "../../arms/workload.js";
import { type InputFile, readInput } from "../../arms/works/input-file.js";
import { WirelabError } from "../../errors.js";
import { type Endpoints, type HostKind, sharesProcess } from "../../hosts/host.js";
import { type NodeExecutable, readNode } from "../../hosts/node-executable.js";
import type { Load, StopAfter } from "../../record/load-info.js";
import type { LinkParameters, ServerInfo } from "../../record/run-info.js";
import { checkedLoad } from "../../schedule/load-choice.js";
import { createRandom } from "../../stats/random.js";
import { type PlannedArm, planArms } from "./arm-plan.js";
import { type LinkChoice, linkParameters } from "./link-choice.js";
import { clientsOf, stopAfterOf } from "./load-plan.js";
import { pauseOf } from "./pause-plan.js";
import type { PlanOptions } from "./plan-options.js";
import { primeBlock } from "./priming.js";
import { serversOf } from "./server-plan.js";
import { refuseCallersAtOnce, refuseUnbounded } from "./service-bounds.js";
import { armsElsewhere, type PreparedService, serviceWork } from "./service-plan.js";
import { wholeNumber } from "./whole-number.js";

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
  const arms = planArms(options.arms, { load, host, workload, service, tls: encrypted });
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
  const blocks = wholeNumber("blocks", options.blocks ?? (load === null ? 20 : 1), 1);
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
        ? wholeNumber("primeCalls", options.primeCalls ?? (service === null ? 1500 : 0), 0)
        : 0,
    // How many calls a load makes is for it to say.
    callsPerRound: load === null ? callsPerRound(options, pairs * blocks) : 0,
    pauseMs: pauseOf(options, arms),
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
  if (service !== null) refuseBeyondBounds(plan, service);
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

/** What servers elsewhere would be asked beyond what is allowed is a `usage` error. */
function refuseBeyondBounds(plan: Plan, service: PreparedService): void {
  const elsewhere = armsElsewhere(service, plan.arms);
  if (elsewhere.length === 0) return;
  const { bounds, callsBefore } = service;
  if (plan.load === null) refuseCallersAtOnce(plan.arms, bounds);
  refuseUnbounded({ ...plan, arms: elsewhere.map(({ name }) => name), callsBefore }, bounds);
}

function callsPerRound(options: PlanOptions, rounds: number): number {
  if (options.callsPerRound !== undefined) return wholeNumber("callsPerRound", options.callsPerRound, 1);
  return Math.ceil(wholeNumber("calls", options.calls ?? 10_000, 1) / rounds);
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

function drawOrder(options: { names: readonly string[]; pairs: number; blocks: number; seed: number }) {
  const random = createRandom(options.seed);
  return Array.from({ length: options.pairs }, () =>
    Array.from({ length: options.blocks }, () => random.shuffled(options.names)),
  );
}
