import type { Phase } from "../../analysis/layers/call-phases.js";
import { isSeen } from "../../analysis/layers/ladder.js";
import type { ArmPhases, CallPhases, PhaseCost } from "../../analysis/layers/phases.js";
import type { Estimate } from "../../stats/interval.js";
import { sayArm } from "../../verdicts/words/words.js";
import { formatCount, formatDifferenceEstimate, formatDuration, formatShare } from "./number.js";

/** From when to when each phase lasts. */
export const phaseMeanings: Readonly<Record<Phase, string>> = {
  serialise: "the object → its bytes",
  queue: "asked → the first byte handed to the system, less what stands in rows of its own",
  connect: "a connection is begun → a request can be sent over it",
  "wire out": "handed to the system → the server's handler begins, with an object in its hands",
  handler: "the handler begins → it has its answer, by the server's clock",
  "wire back": "the handler has its answer → all of it is in the client, as bytes",
  wire: "handed to the system → all of the answer is in the client, less the handler",
  "wire and server": "handed to the system → all of the answer is in the client",
  deserialise: "the bytes → the object",
  between: "what is left of the call: promises and callbacks of the client",
};

/** What the phases of calls say, a paragraph each for the arms, what differs, connections, watching, and what it is of. */
export function sayPhases(
  phases: CallPhases,
  { first, second }: { first: string; second: string },
): readonly string[] {
  return [
    ...phases.arms.filter(keepsConnection).map(sayLargest),
    sayPhaseDifference(phases, { first, second }),
    ...phases.arms.map(sayConnecting),
    sayWatching(phases.arms),
    sayLeftOut(phases.arms),
    saidOfServer[phases.told],
    phases.overLink ? saidOfLink : "",
    `All of this is said of ${phases.scope}.`,
  ].filter((paragraph) => paragraph !== "");
}

function sayLargest({ plain, phases, whole }: ArmPhases): string {
  const [most, ...others] = phases
    .toSorted((a, b) => b.cost.value - a.cost.value)
    .slice(0, 3)
    .map(({ phase, cost }) => ({ phase, words: `${phase} takes ${sayPart(cost, whole)}` }));
  if (most === undefined) throw new Error("a call has phases");
  return (
    `Of the ${formatDuration(whole.value)} of a watched call over ${sayArm(plain)}, ${most.words} ` +
    `(${phaseMeanings[most.phase]}); ${others.map(({ words }) => words).join("; ")}.`
  );
}

/** Whether no warm call of it opens one. */
function keepsConnection({ phases }: Pick<ArmPhases, "phases">): boolean {
  return costOf(phases, "connect")?.value === 0;
}

function sayPart(part: Estimate, whole: Estimate): string {
  return `${formatDuration(part.value)} or ${formatShare(Number((part.value / whole.value).toFixed(2)))}`;
}

/** What one protocol takes longer than the other, and in which phases. */
export function sayPhaseDifference(
  { difference, differences }: Pick<CallPhases, "difference" | "differences">,
  { first, second }: { first: string; second: string },
): string {
  const seen = differences.filter(({ cost }) => isSeen(cost));
  const most = seen.toSorted((a, b) => Math.abs(b.cost.value) - Math.abs(a.cost.value));
  const each = most.map(({ phase, cost }) => `${phase} ${formatDifferenceEstimate(cost)}`);
  const unseen = differences
    .filter(({ phase, cost }) => !isSeen(cost) && phase !== "connect")
    .map(({ phase }) => phase);
  return [
    `${second} − ${first} is ${formatDifferenceEstimate(difference)}`,
    each.length === 0 ? "no phase of it can be told from none" : `of which ${each.join(", ")}`,
    ...(unseen.length === 0 ? [] : [`too small to see here: ${unseen.join(", ")}`]),
  ]
    .join("; ")
    .concat(".");
}

function sayConnecting({ plain, firstCall, phases, whole }: ArmPhases): string {
  const connect = costOf(phases, "connect");
  if (connect !== null && !keepsConnection({ phases })) {
    return `Of a call over ${sayArm(plain)}, opening that connection takes ${sayPart(connect, whole)}.`;
  }
  if (firstCall === null) return "";
  const total = [...firstCall.values()].reduce((sum, value) => sum + value, 0);
  return (
    `The first watched call of a pair over ${sayArm(plain)}, which opens its connection, took ${formatDuration(total)} on average, ` +
    `${formatDuration(firstCall.get("connect") ?? 0)} of it to connect; the rest is mostly code that has hardly run yet.`
  );
}

function sayWatching(arms: readonly ArmPhases[]): string {
  const each = arms.flatMap(({ plain, watching, unwatched }) =>
    watching === null || unwatched === null
      ? []
      : [`${sayArm(plain)} ${formatDifferenceEstimate(watching)} on ${formatDuration(unwatched.value)}`],
  );
  if (each.length === 0) return "";
  return (
    `Watching costs time too, measured in the same blocks beside calls that nobody watches: ${each.join("; ")}, by medians. ` +
    "So watched calls are counted as nothing but what stands here."
  );
}

function sayLeftOut(arms: readonly ArmPhases[]): string {
  const unseen = arms.filter(({ unseen }) => unseen > 0);
  const each = unseen.map(
    ({ plain, unseen, seen }) =>
      `${formatCount(unseen)} of ${formatCount(seen + unseen)} of ${sayArm(plain)}`,
  );
  return [
    "The numbers are means of each round's middle half of calls by how long they took, since means of phases add up and medians do not; the slowest and the fastest quarter are left out",
    ...(each.length === 0 ? [] : [`so are calls that failed or were not seen whole, ${each.join(", ")}`]),
  ]
    .join("; ")
    .concat(".");
}

const saidOfLink =
  "A link takes connections at once and holds back what is sent over them instead, so over a link the handshake of TCP stands in wire out.";

const saidOfServer: Readonly<Record<CallPhases["told"], string>> = {
  instants: "",
  duration:
    "The server's clock is not the client's: a handler began before its call was sent, or ended after its answer came. So its duration is told, and not which way took how long.",
  nothing:
    "The server does not say when its handler began and ended, so the way there and back and the handler are one.",
};

/** The cost of a phase where an arm has it. */
export function costOf(phases: readonly PhaseCost[], name: Phase): Estimate | null {
  return phases.find(({ phase }) => phase === name)?.cost ?? null;
}
