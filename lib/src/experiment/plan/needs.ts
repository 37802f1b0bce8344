import { freemem } from "node:os";
import { findArm, findWorkload } from "../../arms/registry.js";
import { readInput } from "../../arms/works/input-file.js";
import { WirelabError } from "../../errors.js";
import { sharesProcess } from "../../hosts/host.js";
import { localPortsLimit, openFilesLimit } from "../../hosts/process-limits.js";
import type { Load } from "../../record/load-info.js";
import { alone, partOf } from "../../schedule/running-load.js";
import { usersWhoBegin } from "../../schedule/users.js";
import { makePlan, type Plan } from "./plan.js";
import type { PlanOptions } from "./plan-options.js";

/** What this machine lets calls at once have; null where the system does not say. */
export interface MachineLimits {
  readonly openFiles: number | null;
  readonly localPorts: number | null;
  readonly freeBytes: number | null;
}

/**
 * One thing that a load, or callers at once, need, and how much of it there is.
 *
 * @example
 * const isMet = ({ needed, limit }: lab.Need) => limit === null || needed <= limit;
 */
export interface Need {
  /** Of a load, or of a run of callers at once. */
  readonly of: "load" | "run";
  readonly what: "bytes in flight" | "open files" | "local ports";
  /** Who needs it, e.g. `each client`. */
  readonly who: string;
  readonly needed: number;
  /** False where users pause and so need it only if all call at once. */
  readonly certain: boolean;
  /** Null where it is not known. */
  readonly limit: number | null;
  /** What to do where there is too little. */
  readonly advice: string;
}

const itsServer = "its server";

/** Open files that a process has besides its connections: libraries, pipes, what it listens on. */
const ownFiles = 60;

/** What of a load, or of rounds of so many callers, matters to its needs. */
export interface NeedsOptions {
  /** Null for calls one after another, by each arm's callers at once. */
  readonly load: Load | null;
  /** Names of the ways of calling, each with the server that it calls. */
  readonly arms: readonly { readonly arm: string; readonly server: number; readonly callers?: number }[];
  readonly clients: number;
  readonly host: Plan["host"];
  readonly link: boolean;
  /** Of one request. */
  readonly bodyBytes: number;
}

/**
 * What a load, or callers at once, need of this machine before they run; nothing for one caller. Throws a `usage` error
 * for a wrong option, as `measure` does.
 *
 * @example
 * needsOf({ work: "image", arms: ["rest"], load: closedLoad({ users: 10_000, runTimeMs: 30_000 }) });
 */
export function needsOf(options: PlanOptions, where?: { readonly elsewhere: boolean }): Need[] {
  return needsOfPlan(makePlan(options), where);
}

/** The same of a plan that is made; of clients that are `elsewhere` nothing is needed here. */
export function needsOfPlan(plan: Plan, { elsewhere = false } = {}): Need[] {
  const { load, arms, clients, host, link } = plan;
  if (load === null && callersOf(plan) === 1) return [];
  const bodyBytes = bodyBytesOf(plan);
  const needs = loadNeeds({ load, arms, clients, host, link: link !== null, bodyBytes }, readMachineLimits());
  return elsewhere ? needs.filter(({ who }) => who === itsServer) : needs;
}

/** How long the body of a request is; of somebody's operations it is not known before they are called. */
function bodyBytesOf({ service, work, input, size }: Plan): number {
  if (service !== null) return 0;
  const { first, rest } = findWorkload(work, { input: input && readInput(input), size });
  return Buffer.byteLength(rest.body.make(first));
}

/** Throws a `beyond-machine` error that says which need is above its limit, and what to do. */
export function refuseUnmet(needs: readonly Need[]): void {
  const unmet = needs.find(({ certain, needed, limit }) => certain && limit !== null && needed > limit);
  if (unmet === undefined) return;
  throw new WirelabError("beyond-machine", sayNeed(unmet));
}

type OneNeed = Omit<Need, "of">;

/** The most that call at once. */
function callersOf({ load, arms }: Pick<NeedsOptions, "load" | "arms">): number {
  return load === null ? Math.max(...arms.map(({ callers = 1 }) => callers)) : usersWhoBegin(load);
}

/** Those needs on a machine of those limits. */
export function loadNeeds(options: NeedsOptions, limits: MachineLimits): Need[] {
  const users = callersOf(options);
  const bodies: OneNeed = {
    what: "bytes in flight",
    who: "it",
    needed: users * options.bodyBytes,
    certain: callAtOnce(options.load),
    limit: limits.freeBytes,
    advice: `measure with fewer ${options.load === null ? "callers" : "users"}, or a smaller body`,
  };
  const all = [
    bodies,
    ...filesNeeded(options, users, limits.openFiles),
    ...portsNeeded(options, users, limits),
  ];
  const of = options.load === null ? "run" : "load";
  return all.map((need) => ({ of, ...need }));
}

/** A need as a sentence, with what there is. */
export function sayNeed({ of, what, who, needed, certain, limit, advice }: Need): string {
  const most = certain ? "" : "at most ";
  const [need, have] =
    what === "bytes in flight"
      ? [`${most}${sayBytes(needed)} in flight`, limit === null ? null : `${sayBytes(limit)} are free`]
      : [
          `${most}${needed.toLocaleString("en-US")} ${what}`,
          limit && `the limit is ${limit.toLocaleString("en-US")}`,
        ];
  const short = limit !== null && needed > limit ? `: ${advice}` : "";
  return `The ${of} needs ${need}${who === "it" ? "" : ` in ${who}`}${have ? `, and ${have}` : ""}${short}.`;
}

function filesNeeded(
  { host, arms, clients, link }: NeedsOptions,
  users: number,
  limit: number | null,
): OneNeed[] {
  const most = (share: number) => Math.max(...arms.map(({ arm }) => connectionsOf(arm, share)));
  const perClient = partOf({ ...alone, of: clients }, users);
  const files = (who: string, connections: number, advice: string): OneNeed => ({
    what: "open files",
    who,
    needed: connections + ownFiles,
    certain: true,
    limit,
    advice,
  });
  const raise = (needed: number) => `raise it with ulimit -n ${roundUp(needed + ownFiles)}`;
  if (sharesProcess(host)) {
    const both = 2 * most(users);
    return [files("this process, which is client and server", both, `${raise(both)}, or use host child`)];
  }
  // A server that we start has the clients' limit and all of their connections.
  const enough = host === "remote" ? clientsThatDo(most(users), limit) : null;
  const client = files(
    clients === 1 ? "its client" : "each of its clients",
    most(perClient),
    `${raise(most(perClient))}${enough === null ? "" : `, or share the load among ${enough} client processes`}`,
  );
  if (host === "remote") return [client];
  const server = files(itsServer, most(users), raise(most(users)));
  if (!link) return [client, server];
  // Each connection through a link is two of its own.
  return [client, server, files("its link", 2 * most(users), raise(2 * most(users)))];
}

/** Clients among which no limit is in the way; null where none helps. */
function clientsThatDo(connections: number, limit: number | null): number | null {
  return limit === null || limit <= ownFiles ? null : Math.ceil(connections / (limit - ownFiles));
}

function portsNeeded({ arms }: NeedsOptions, users: number, { localPorts }: MachineLimits): OneNeed[] {
  // Connections to different servers may leave from the same port, so the arm with most of them counts.
  const needed = Math.max(...arms.map(({ arm }) => connectionsOf(arm, users)));
  const advice = "widen net.ipv4.ip_local_port_range, or measure with fewer users";
  return [{ what: "local ports", who: "it", needed, certain: true, limit: localPorts, advice }];
}

function connectionsOf(arm: string, users: number): number {
  return findArm(arm).connections?.(users) ?? users;
}

/** Whether all users do have a call under way at once: those who pause do where all begin with one. */
function callAtOnce(load: Load | null): boolean {
  if (load === null) return true;
  return load.kind === "closed" && (load.spawnPerSecond === null || load.thinkMs[1] === 0);
}

function readMachineLimits(): MachineLimits {
  const openFiles = openFilesLimit();
  return {
    openFiles: openFiles === "unlimited" ? null : openFiles,
    localPorts: localPortsLimit(),
    freeBytes: freemem(),
  };
}

function sayBytes(bytes: number): string {
  const [unit, name] = bytes >= 1e9 ? [1e9, "GB"] : bytes >= 1e6 ? [1e6, "MB"] : [1e3, "KB"];
  return `${Number((bytes / (unit as number)).toPrecision(2)).toLocaleString("en-US")} ${name}`;
}

/** A number that is easy to type and leaves room. */
function roundUp(files: number): number {
  return Math.ceil((files * 1.05) / 1000) * 1000;
}
