import { canonicalJson } from "../../canonical-json.js";
import { describeLink } from "../../hosts/link/describe.js";
import type { ArmInfo, RunInfo } from "../../record/run-info.js";
import { isEncrypted, programOf } from "../stack.js";
import { sayLoad } from "../words/load-words.js";
import { differing, type Facts } from "./differing.js";
import { environmentFacts } from "./other-environment.js";

/** What is not the same in two runs, a line each. */
export interface RunDifferences {
  /** What was asked: where this differs, the two answer different questions. */
  readonly question: readonly string[];
  /** How much was measured, and how. */
  readonly effort: readonly string[];
  /** Machine and versions. */
  readonly environment: readonly string[];
  /** Which of the two do not tell their machine and versions, as files of other tools. */
  readonly untold: readonly string[];
}

/** A run as far as it is known: null for a file that holds no calls. */
export interface KnownRun {
  readonly label: string;
  readonly info: RunInfo | null;
}

/**
 * What differs between two runs besides their numbers.
 *
 * @example
 * runDifferences(before, now).question; // ["callers of rest: 1, now 16"]
 */
export function runDifferences(before: KnownRun, now: KnownRun): RunDifferences {
  const untold = [before, now].flatMap(({ label, info }) =>
    info === null || info.imported !== null ? [label] : [],
  );
  const none = { question: [], effort: [], environment: [], untold };
  if (before.info === null || now.info === null) return none;
  const question = differing(questionOf(before.info, now.info), questionOf(now.info, before.info));
  if (untold.length > 0) return { ...none, question };
  return {
    question,
    effort: differing(effortOf(before.info), effortOf(now.info)),
    environment: differing(facts(before.info), facts(now.info)),
    untold,
  };
}

/** What two runs asked otherwise of these arms, a line each; of a file without calls nothing is known. */
export function differentQuestion(
  before: KnownRun,
  now: KnownRun,
  arms: readonly string[],
): readonly string[] {
  if (before.info === null || now.info === null) return [];
  return differing(questionOf(before.info, now.info, arms), questionOf(now.info, before.info, arms));
}

/** Whether two are one run, given twice. */
export function isSame(before: KnownRun, now: KnownRun): boolean {
  const [one, other] = [before.info, now.info].map(
    (info) =>
      info && JSON.stringify([info.startedAt, info.seed, info.imported?.files.map(({ sha256 }) => sha256)]),
  );
  return one !== null && one === other;
}

/** What a run asked of an arm, as one text: runs of one series have the same. */
export function questionKey(info: RunInfo, arm: string): string {
  const own = info.arms.filter(({ name }) => name === arm);
  return JSON.stringify([...runFacts(info), ...own.flatMap((one) => armFacts(one, info))]);
}

function facts({ environment }: RunInfo): Facts {
  const { python } = environment;
  const ofPython = Object.entries(python?.packages ?? {}).map(
    ([name, version]) => [`python's ${name}`, version] as const,
  );
  return new Map([
    ...environmentFacts(environment),
    ...(python === null ? [] : [["python", python.version] as const, ...ofPython]),
  ]);
}

/** Of the arms that are asked for only those that the other run has too. */
function questionOf(info: RunInfo, other: RunInfo, arms: readonly string[] = namesOf(info)): Facts {
  const shared = info.arms.filter(({ name }) => arms.includes(name) && namesOf(other).includes(name));
  return new Map([...runFacts(info), ...shared.flatMap((arm) => armFacts(arm, info))]);
}

function namesOf({ arms }: RunInfo): readonly string[] {
  return arms.map(({ name }) => name);
}

function runFacts(info: RunInfo): readonly (readonly [string, string])[] {
  const { work, size, input, host, link, load, pauseMs, imported, clients, service } = info;
  return [
    ["work", work],
    ["size", size === null ? "none" : size.toLocaleString("en-US")],
    ["input", input === null ? "the work's own" : `${input.file} (${input.sha256.slice(0, 12)})`],
    ["server", hosts[host]],
    ["addresses of servers", addressesOf(info)],
    ["calls a second at most", service?.bounds?.mostPerSecond.toLocaleString("en-US") ?? "no limit"],
    ["link", link === null ? "none" : describeLink(link)],
    ["load", load === null ? "calls one after another" : sayLoad(load)],
    ["pause before a call", pauseMs === 0 ? "none" : `${pauseMs} ms`],
    ["client processes", String(clients)],
    ["a call is timed", timed(imported)],
  ];
}

const hosts = {
  "in-process": "in the client's process",
  worker: "in a worker thread",
  child: "a process of its own",
  remote: "elsewhere",
};

/** Those of a service are its operations', and another tool's file has none. */
function addressesOf({ host, service, imported, addressesSha256 }: RunInfo): string {
  if (host !== "remote" || service !== undefined || imported !== null) return "none";
  return addressesSha256?.slice(0, 12) ?? "not told";
}

function timed(imported: RunInfo["imported"]): string {
  if (imported === null) return "by wirelab";
  return [...new Set(imported.files.map(({ covers }) => covers))].join("; ");
}

function armFacts(arm: ArmInfo, info: RunInfo): readonly (readonly [string, string])[] {
  const { name, callers, plantedDelayUs, server } = arm;
  const ofServer = info.servers.find((one) => one.server === server);
  const operation = arm.operation === undefined ? undefined : info.service?.operations[arm.operation];
  return [
    [`${name} is`, arm.arm],
    ...(operation === undefined ? [] : [[`what ${name} calls`, canonicalJson(operation)] as const]),
    [`callers of ${name}`, callers.toLocaleString("en-US")],
    [`delay planted in ${name}`, `${plantedDelayUs} µs`],
    [`program of ${name}`, programOf(arm, info)],
    [`workers of ${name}`, String(ofServer?.workers ?? 1)],
    [
      `window of ${name}`,
      ofServer?.windowBytes === undefined ? "the server's own" : `${ofServer.windowBytes} bytes`,
    ],
    [`encryption of ${name}`, isEncrypted(arm, info) ? "TLS" : "none"],
  ];
}

function effortOf({ pairs, blocks, callsPerRound, primeCalls, processors, timeoutMs, load }: RunInfo): Facts {
  return new Map([
    ["pairs", String(pairs)],
    ["blocks", String(blocks)],
    ...(load === null ? [["calls a round", String(callsPerRound)] as const] : []),
    ["calls to warm up", String(primeCalls)],
    ["time-out", `${timeoutMs} ms`],
    [
      "processors",
      processors === null ? "left to the system" : `client ${processors.client}, server ${processors.server}`,
    ],
  ]);
}
