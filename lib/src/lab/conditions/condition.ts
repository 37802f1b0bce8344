import { linkMs } from "../../analysis/layers/predict.js";
import { findArm } from "../../arms/registry.js";
import { linkParameters } from "../../experiment/plan/link-choice.js";
import type { ArmChoice } from "../../experiment/plan/plan-options.js";
import { type HostKind, sharesProcess } from "../../hosts/host.js";
import type { DesignCell } from "../design.js";
import { type Effort, type Expected, paced } from "../effort.js";

/** Everything that decides how REST stands to gRPC in a call of the work payload. */
export interface Condition {
  /** The ways of calling that are compared. */
  readonly rest: string;
  readonly grpc: string;
  /** At the same time. */
  readonly callers: number;
  readonly sizeBytes: number;
  /** 0 for no link at all. */
  readonly roundTripMs: number;
  readonly host: HostKind;
  readonly tls: boolean;
  /** Path of the Node of client and server; null for this one. */
  readonly node: string | null;
}

/** What most services have in common: a small body on a kept connection, JSON on the one side, protobuf on the other. */
export const baseline: Condition = {
  rest: "rest",
  grpc: "grpc",
  callers: 1,
  sizeBytes: 1024,
  roundTripMs: 0,
  host: "child",
  tls: false,
  node: null,
};

/** The baseline in words, for a sentence that names it. */
export const baselineWords =
  "a payload of 1 KB, kept connections, JSON over REST and protobuf over gRPC, one caller, no link, no TLS, the server in a process of its own";

/** Two arms of a run under the names that they have there. */
export interface NamedArms {
  readonly first: string;
  readonly second: string;
}

/** What is the same for all arms of a run. */
const ofTheRun: Readonly<Record<keyof Condition, boolean>> = {
  rest: false,
  grpc: false,
  callers: false,
  sizeBytes: true,
  roundTripMs: true,
  host: true,
  tls: true,
  node: true,
};

/** Whether one run can measure both: they differ in arms and callers at most. */
export function shareRun(one: Condition, other: Condition): boolean {
  const keys = Object.keys(ofTheRun) as (keyof Condition)[];
  return keys.every((key) => !ofTheRun[key] || one[key] === other[key]);
}

/** How the arms of a condition are named in a run. */
export function armsOf({ rest, grpc, callers }: Condition): NamedArms {
  const named = (arm: string) => (callers === 1 ? arm : `${arm}-${callers}`);
  return { first: named(rest), second: named(grpc) };
}

/** The run that measures these conditions, which share it, in the same blocks. */
export function cellOf(
  name: string,
  conditions: readonly [Condition, ...Condition[]],
  effort: Effort,
): DesignCell {
  const [{ sizeBytes: size, roundTripMs, host, tls, node }] = conditions;
  const slowest = conditions.map(expectedMs).reduce((a, b) => (a.aCallMs > b.aCallMs ? a : b));
  const most = Math.max(...conditions.map(({ callers }) => callers));
  return {
    name,
    options: {
      work: "payload",
      size,
      host,
      tls,
      arms: choices(conditions),
      ...paced(effort, { ...slowest, callers: most }),
      // Whoever shares the client's process has no fresh pairs.
      ...(sharesProcess(host) && { pairs: 1 }),
      ...(roundTripMs > 0 && { link: { roundTripMs } }),
      ...(node !== null && { node }),
    },
  };
}

function choices(conditions: readonly Condition[]): readonly ArmChoice[] {
  const all = conditions.flatMap((condition) => {
    const { first, second } = armsOf(condition);
    const { rest, grpc, callers } = condition;
    return [
      { name: first, arm: rest, callers },
      { name: second, arm: grpc, callers },
    ];
  });
  return all.filter(({ name }, i) => all.findIndex((other) => other.name === name) === i);
}

/** What a call about takes of the slower arm. */
function expectedMs({ rest, grpc, callers, sizeBytes, roundTripMs }: Condition): Expected {
  const link = linkParameters({ roundTripMs });
  const waits = [rest, grpc].map((arm) => {
    const { path } = findArm(arm);
    return path === null ? 0 : linkMs(path, sizeBytes, link);
  });
  const waitMs = Math.max(...waits);
  const ownMs = 0.4 + sizeBytes / 60_000;
  const shared = (by: number) => ownMs + waitMs / by;
  return { aloneMs: ownMs + waitMs, aCallMs: shared(callers), primedMs: shared(16) };
}
