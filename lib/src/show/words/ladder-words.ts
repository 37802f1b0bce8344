import { isSeen, type Ladder, type RungCost, waysOf } from "../../analysis/layers/ladder.js";
import type { Estimate } from "../../stats/interval.js";
import {
  formatDifference,
  formatDifferenceEstimate,
  formatDifferenceInterval,
  formatDuration,
} from "./number.js";

/** What a ladder says, a paragraph each for its sides, the whole, what lies beyond its ends, and what was not seen. */
export function sayLadder(ladder: Ladder): readonly string[] {
  const { down, up } = waysOf(ladder);
  const ways = [...down, ...up];
  const beyond = ladder.rungs.filter(
    ({ name, over }) => over !== null && !ways.some((one) => one.name === name),
  );
  return [
    ...saySides(ladder),
    sayWhole(ladder),
    sayBeyond(beyond),
    sayUnseen(ladder.rungs),
    `All of this is said of ${ladder.scope}.`,
  ].filter((paragraph) => paragraph !== "");
}

/** What a call takes at either end, and the largest steps on its side, a paragraph each. */
export function saySides(ladder: Ladder): readonly string[] {
  const { down, up } = waysOf(ladder);
  return [
    saySide("REST", levelOf(ladder, ladder.ends.rest), down),
    saySide("gRPC", levelOf(ladder, ladder.ends.grpc), up),
  ];
}

interface Step {
  readonly rung: RungCost;
  readonly step: Estimate;
}

function stepsOf(rungs: readonly RungCost[]): readonly Step[] {
  return rungs.flatMap((rung) => (rung.step === null ? [] : [{ rung, step: rung.step }]));
}

function levelOf({ rungs }: Ladder, name: string): Estimate | null {
  return rungs.find((rung) => rung.name === name)?.level ?? null;
}

function saySide(words: string, end: Estimate | null, way: readonly RungCost[]): string {
  if (end === null) return `What a call over ${words} takes could not be had.`;
  const seen = stepsOf(way).filter(({ step }) => isSeen(step));
  const most = seen.toSorted((a, b) => Math.abs(b.step.value) - Math.abs(a.step.value)).slice(0, 3);
  const call = `A call over ${words} takes ${formatDuration(end.value)}`;
  if (most.length === 0) return `${call}; between it and bare TCP no single step is large enough to be seen.`;
  return `${call}; the largest steps between bare TCP and it: ${most.map(sayStep).join("; ")}.`;
}

function sayStep({ rung, step }: Step): string {
  return `${rung.changes}, ${formatDifferenceEstimate(step)}`;
}

function sayWhole({ sum, whole, leftOver, missing }: Ladder): string {
  if (sum === null || whole === null || leftOver === null) {
    return `Whether the steps from REST to gRPC add up to the whole could not be had: ${missing}`;
  }
  const verdict = isSeen(leftOver)
    ? "which no step explains: the same call is not quite the same with another process of the same server"
    : "which is no more than chance leaves";
  return (
    `The steps from REST down to bare TCP and up to gRPC add up to ${formatDifference(sum.value)}; measured apart, in rounds ` +
    `and with servers of their own, gRPC − REST is ${formatDifferenceEstimate(whole)}. ` +
    `That leaves ${formatDifferenceEstimate(leftOver)} over, ${verdict}.`
  );
}

function sayBeyond(beyond: readonly RungCost[]): string {
  const seen = stepsOf(beyond).filter(({ step }) => isSeen(step));
  if (seen.length === 0) return "";
  const each = seen.map(
    ({ rung, step }) => `${rung.changes} on ${rung.over}, ${formatDifferenceEstimate(step)}`,
  );
  return `Beyond the two ends: ${each.join("; ")}.`;
}

function sayUnseen(rungs: readonly RungCost[]): string {
  const unseen = stepsOf(rungs).filter(({ step }) => !isSeen(step));
  if (unseen.length === 0) return "";
  const each = unseen.map(
    ({ rung, step }) => `${rung.changes} on ${rung.over} (${formatDifferenceInterval(step)})`,
  );
  return `Too small to see here, since the interval holds 0: ${each.join("; ")}.`;
}
