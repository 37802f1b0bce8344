import { percentile } from "../../stats/percentiles/percentile.js";
import type { ShapeRequest } from "./messages.js";
import { idleShape, type Shape } from "./options.js";
import { openPinger, pingPort } from "./ping.js";

/** How well a link keeps to its round trip, by its own echo: medians in ms, before anything else used it. */
export interface Calibration {
  readonly askedMs: number;
  /** An echo through the link as it was left, without jitter, stalls and bandwidth. */
  readonly measuredMs: number;
  /** The same echo past the link: what two processes on one machine take for it anyway. */
  readonly directMs: number;
  /** What the link adds to that when it delays nothing. */
  readonly addedIdleMs: number;
  /** What was subtracted from the delays so that the echo takes what was asked. */
  readonly compensationMs: number;
  /** Round trips behind `measuredMs`. */
  readonly pings: number;
}

/** A link that can be pinged and shaped. */
export interface Calibrated {
  /** The echo past the link, and through it. */
  readonly directPort: number;
  readonly linkPort: number;
  apply(request: ShapeRequest): Promise<void>;
}

/** About so long is pinged at a time, with so many pings at least and at most. */
const spellMs = 250;
const fewestPings = 9;
const mostPings = 101;
const spells = 5;
/**
 * Which of the spells' estimates is taken. Others on the machine can only make a spell longer, so one that was disturbed
 * says too much, and a link that subtracts too much would be too fast as soon as they are gone.
 */
const takenShare = 0.25;

/**
 * Finds what the link takes of itself and subtracts it, so that an echo through it takes what was asked, which is what
 * `ping` shows of a real path too. Leaves the link with `shape`.
 */
export async function calibrate(link: Calibrated, shape: Shape): Promise<Calibration> {
  const { directMs, throughMs } = await idlePings(link);
  const addedIdleMs = throughMs - directMs;
  const asked = shape.roundTripMs;
  const common = { askedMs: asked, directMs, addedIdleMs };
  if (asked === 0) {
    await link.apply({ shape, compensationMs: 0 });
    return { ...common, measuredMs: throughMs, compensationMs: 0, pings: mostPings };
  }
  const bare: Shape = { ...idleShape, roundTripMs: asked, slowStart: false };
  const pings = Math.round(Math.min(mostPings, Math.max(fewestPings, spellMs / asked)));
  const measure = async (compensationMs: number) => {
    await link.apply({ shape: bare, compensationMs });
    return median(await pingPort(link.linkPort, pings));
  };
  const clamped = (ms: number) => Math.min(asked, Math.max(0, ms));
  const estimates: number[] = [];
  let compensationMs = clamped(throughMs);
  for (let spell = 0; spell < spells; spell++) {
    estimates.push(compensationMs + (await measure(compensationMs)) - asked);
    compensationMs = clamped(percentile(Float64Array.from(estimates).sort(), takenShare));
  }
  const measuredMs = await measure(compensationMs);
  await link.apply({ shape, compensationMs });
  return { ...common, measuredMs, compensationMs, pings };
}

async function idlePings({ directPort, linkPort, apply }: Calibrated) {
  await apply({ shape: idleShape, compensationMs: 0 });
  const pingers = await Promise.all([openPinger(directPort), openPinger(linkPort)]);
  const [direct, through] = pingers;
  const directs: number[] = [];
  const throughs: number[] = [];
  for (let i = 0; i < mostPings; i++) {
    directs.push(await direct.ping());
    throughs.push(await through.ping());
  }
  for (const pinger of pingers) pinger.close();
  return { directMs: median(directs), throughMs: median(throughs) };
}

function median(values: ArrayLike<number>): number {
  return percentile(Float64Array.from(values).sort(), 0.5);
}
