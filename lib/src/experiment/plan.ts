import { randomInt } from "node:crypto";
import { type InputFile, readInput } from "../arms/input-file.js";
import { armsFor, findArm, findWorkload, workSize } from "../arms/registry.js";
import type { AnyWorkload } from "../arms/workload.js";
import { WirelabError } from "../errors.js";
import type { Endpoints, HostKind } from "../hosts/host.js";
import type { Load, StopAfter } from "../record/load-info.js";
import type { LinkParameters, Prediction, ServerInfo } from "../record/run-info.js";
import { checkedLoad } from "../schedule/load-choice.js";
import { createRandom } from "../stats/random.js";
import { type LinkChoice, linkParameters } from "./link-choice.js";
import { clientsOf, rejectForLoad, stopAfterOf } from "./load-plan.js";
import { serversOf } from "./server-plan.js";
import { wholeNumber } from "./whole-number.js";

/** An arm of a run under a name of its own, so that the same way of calling can be in a run twice. */
export interface ArmChoice {
  readonly name: string;
  /** The way of calling, e.g. `rest`; default: `name`. */
  readonly arm?: string;
  /** Callers at the same time; 1 is a chain, in which each call uses the last answer. Default 1. */
  readonly callers?: number;
  /** Arms with the same number share a server process. Default 0. */
  readonly server?: number;
  /** Processes of that server, which share its ports; arms that share a server must agree. More than 1 needs host `child`. Default 1. */
  readonly workers?: number;
  /** Busy waiting added in the server while this arm is called, in µs: a control. Default 0. */
  readonly plantedDelayUs?: number;
}

/** What is measured, and how often. */
export interface PlanOptions {
  /** Names the run folder. Default: the work's name. */
  readonly name?: string;
  /** Default `increment`. */
  readonly work?: string;
  /** An image file that the work sends in place of its own. Default: its own. */
  readonly input?: InputFile;
  /** Of the works that have one: bytes of a payload (default 524,288), the number of a factorial (default 10,000). */
  readonly size?: number;
  /** Ways of calling, e.g. `["rest", "grpc"]`. */
  readonly arms: readonly (string | ArmChoice)[];
  /** Fresh server and client processes; 10 or more speak for fresh processes. Default 10. */
  readonly pairs?: number;
  /** Measured blocks in a pair, each one round of every arm. Default 10. */
  readonly blocks?: number;
  /** Blocks run before those, in which the end of warm-up is looked for. Default 5. */
  readonly warmupBlocks?: number;
  /**
   * Calls of each arm that `primeCallers` make at once in the second of those blocks, so that the compilers of client
   * and server see enough of them before anything is measured; 0 primes nothing. Default 600.
   */
  readonly primeCalls?: number;
  /** Measured calls of each arm in all, spread evenly over pairs and blocks. Default 10,000. */
  readonly calls?: number;
  /** Calls of each arm in a block, instead of `calls`. */
  readonly callsPerRound?: number;
  /**
   * A load in place of calls one after another: each measured block then runs it once for every arm, whose users are the
   * load's, with connections of their own. From `closedLoad` or `openLoad`. It changes the defaults of `blocks` to 1 and
   * of `warmupBlocks` to 2.
   */
  readonly load?: Load;
  /** Client processes that share the load; needs host `child` or `remote`. Default 1. */
  readonly clients?: number;
  /** Calls, and failed calls, of a round after which it ends before its run time. Default: no number. */
  readonly stopAfter?: StopAfter;
  /** Where the server runs. Default `child`; `in-process` and `worker` have one pair and carry no verdict. */
  readonly host?: HostKind;
  /** The servers to call with host `remote`. */
  readonly remote?: Endpoints;
  /** Encrypts the calls, with a certificate that each server makes. Default: plain; remote servers are called as `remote` says. */
  readonly tls?: boolean;
  /** A modelled network between client and servers; needs host `child`. Default: none but loopback. */
  readonly link?: LinkChoice;
  /** How long each arm is expected to take, kept with the run; from `lab.predict`; those of other arms are left out. Default: none. */
  readonly predictions?: readonly Prediction[];
  /** Seed of the order of arms. Default: a random one, stored in the run. */
  readonly seed?: number;
  /** A call without an answer for so long has failed. Default 5000. */
  readonly timeoutMs?: number;
  /** So many failed calls of an arm in a row end the run: going on would only wait for more failures. Default 5. */
  readonly failuresInARow?: number;
}

/** The block that primes; the one before it holds the first calls, which are a result of their own. */
export const primeBlock = 1;

/** Calls of each arm in the block before it, at most: a result of their own needs the first few, which are the slowest. */
export const firstCalls = 20;

/** Enough at once that neither processor waits for the other, few enough to be an ordinary load. */
export const primeCallers = 16;

/** A run before it starts: everything decided, nothing measured. */
export interface Plan
  extends Required<
    Omit<PlanOptions, "arms" | "input" | "size" | "remote" | "calls" | "link" | "load" | "stopAfter">
  > {
  readonly input: InputFile | null;
  /** Null for a work that has none. */
  readonly size: number | null;
  readonly arms: readonly Required<ArmChoice>[];
  readonly servers: readonly ServerInfo[];
  readonly remote: Endpoints | null;
  readonly link: LinkParameters | null;
  readonly load: Load | null;
  readonly stopAfter: StopAfter;
  /** `order[pair][block]`: the arm names in the order in which that block runs them. */
  readonly order: readonly (readonly (readonly string[])[])[];
}

/** Decides everything about a run before it starts; a wrong option is a `usage` error that names it. */
export function makePlan(options: PlanOptions): Plan {
  const host = options.host ?? "child";
  const size = workSize(options.work ?? "increment", options.size ?? null);
  const workload = findWorkload(options.work ?? "increment", {
    input: options.input === undefined ? null : readInput(options.input),
    size,
  });
  const work = workload.name;
  const load = options.load === undefined ? null : checkedLoad(options.load);
  const clients = clientsOf(options.clients ?? 1, load, host);
  const arms = options.arms.map((arm) => toChoice(arm, load));
  for (const { arm } of arms) rejectUnfit(arm, workload);
  if (arms.length === 0)
    throw new WirelabError("usage", "A run needs at least one arm; name one, e.g. rest.");
  rejectRepeats(arms.map((arm) => arm.name));
  if ((host === "remote") !== (options.remote !== undefined)) {
    throw new WirelabError("usage", "Host remote and the option remote (its addresses) go together.");
  }
  const sharesProcess = host === "in-process" || host === "worker";
  const pairs = wholeNumber("pairs", options.pairs ?? (sharesProcess ? 1 : 10), 1);
  if (sharesProcess && pairs > 1) {
    throw new WirelabError(
      "usage",
      `Host ${host} shares the client's process, so its pairs would not be fresh: use 1 pair.`,
    );
  }
  const blocks = wholeNumber("blocks", options.blocks ?? (load === null ? 10 : 1), 1);
  const warmupBlocks = wholeNumber("warmupBlocks", options.warmupBlocks ?? (load === null ? 5 : 2), 0);
  const seed = wholeNumber("seed", options.seed ?? randomInt(2 ** 31), 0);
  const names = arms.map((arm) => arm.name);
  return {
    name: options.name ?? work,
    work,
    input: options.input ?? null,
    size,
    arms,
    servers: serversOf(arms, host),
    pairs,
    blocks,
    warmupBlocks,
    primeCalls: warmupBlocks > primeBlock ? wholeNumber("primeCalls", options.primeCalls ?? 600, 0) : 0,
    // How many calls a load makes is for it to say.
    callsPerRound: load === null ? callsPerRound(options, pairs * blocks) : 0,
    load,
    clients,
    stopAfter: stopAfterOf(options.stopAfter ?? {}),
    host,
    remote: options.remote ?? null,
    tls: tlsOf(options),
    link: linkOf(options.link, host),
    predictions: (options.predictions ?? []).filter(({ arm }) => names.includes(arm)),
    seed,
    timeoutMs: wholeNumber("timeoutMs", options.timeoutMs ?? 5000, 1),
    failuresInARow: wholeNumber("failuresInARow", options.failuresInARow ?? 5, 1),
    order: drawOrder({ names, pairs, blocks: warmupBlocks + blocks, seed }),
  };
}

function callsPerRound(options: PlanOptions, rounds: number): number {
  if (options.callsPerRound !== undefined) return wholeNumber("callsPerRound", options.callsPerRound, 1);
  return Math.ceil(wholeNumber("calls", options.calls ?? 10_000, 1) / rounds);
}

function toChoice(arm: string | ArmChoice, load: Load | null): Required<ArmChoice> {
  const choice = typeof arm === "string" ? { name: arm } : arm;
  if (load !== null) rejectForLoad(choice);
  return {
    name: choice.name,
    arm: findArm(choice.arm ?? choice.name).name,
    callers: load?.users ?? wholeNumber("callers", choice.callers ?? 1, 1),
    server: wholeNumber("server", choice.server ?? 0, 0),
    workers: wholeNumber("workers", choice.workers ?? 1, 1),
    plantedDelayUs: choice.plantedDelayUs ?? 0,
  };
}

function linkOf(choice: LinkChoice | undefined, host: HostKind): LinkParameters | null {
  if (choice === undefined) return null;
  if (host === "child") return linkParameters(choice);
  throw new WirelabError("usage", `A link leads to servers in processes of their own, not to host ${host}.`);
}

function tlsOf({ tls, remote }: PlanOptions): boolean {
  if (remote === undefined) return tls ?? false;
  const encrypted = remote.tls !== undefined;
  if (tls === undefined || tls === encrypted) return encrypted;
  throw new WirelabError("usage", "Whether remote servers are encrypted is theirs to say: give remote.tls.");
}

function rejectUnfit(arm: string, workload: AnyWorkload): void {
  const fitting = armsFor(workload).map(({ name }) => name);
  if (fitting.includes(arm)) return;
  throw new WirelabError(
    "usage",
    `The work ${workload.name} cannot be called by ${arm}; it has ${fitting.join(", ")}.`,
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
