import { sayNumber } from "../../../stats/digits.js";
import { ruleOf } from "../rule.js";
import { type Line, linesOf, placeOf } from "../table.js";
import { meanWithin } from "./mean-bounds.js";
import { pauseDeviationOf, thinkOf } from "./think-time.js";

/** Fewer calls in flight than this share of the users, without think time, and the users were not there. */
const idleShare = 0.1;

/** Pauses are drawn, and a ramp goes in steps: only a breach beyond this is one. */
const slack = 1.1;

/** Users cannot be more than the ramp has started by the end. */
export const rampBound = ruleOf({
  law: "users ≤ ramp × run time",
  needs: "users, spawn rate and duration of a line",
  cases: ({ numbers }) =>
    linesOf(numbers).flatMap((line) => {
      const [users, durationS, spawnRate] = [
        line.value("users"),
        line.value("duration"),
        line.value("spawn rate"),
      ];
      return users === undefined || !durationS || !spawnRate ? [] : [{ line, users, durationS, spawnRate }];
    }),
  fault: ({ line, users, durationS, spawnRate }) => {
    const most = (spawnRate + line.slack("spawn rate")) * (durationS + line.slack("duration"));
    if (most >= users) return null;
    const ramp = rampOf(users, durationS, spawnRate);
    return {
      strength: "contradiction",
      printed: `${sayNumber(users)} users in ${sayNumber(durationS)} s (${placeOf(line)})`,
      found: `the ramp that the post gives, ${sayNumber(spawnRate)} users a second, has started ${sayNumber(ramp.started)} users by then, ${sayNumber(ramp.average)} on average`,
    };
  },
});

/**
 * Little's law (Little 1961): users = rate × (time of a call + think time), users averaged over time with the ramp.
 * Where a mean is not printed, percentiles bound it or a median stands in for it, and a breach is suggestive.
 */
export const littlesLaw = ruleOf({
  law: "rate × (time of a call + pause) ≤ users (Little)",
  needs:
    "users, a mean or median, and count with duration or rate of a line; spawn rate where there was a ramp",
  cases: ({ numbers }) => linesOf(numbers).flatMap((line) => loadOf(line) ?? []),
  fault: (load) => {
    const { line, callS, busy, users } = load;
    const idle = isIdle(load);
    if (!idle && !isOverfull(load)) return null;
    const isCertain = !idle && line.value("mean") !== undefined && line.value("max") !== undefined;
    const made =
      load.durationS === undefined
        ? `${sayNumber(load.rate)} calls a second`
        : `${line.digits("count")} calls in ${sayNumber(load.durationS)} s`;
    const ramp = load.spawnRate === undefined ? "" : " on average with the ramp";
    return {
      strength: isCertain ? "contradiction" : "suggestive",
      printed: `${made} at ${sayNumber(callS * 1e3)} ms each (${placeOf(line)})`,
      found: `rate × time of a call = ${sayNumber(busy)} users at work, beside ${sayNumber(users.average)}${ramp}; ${idle ? "the others waited elsewhere, unless the users paused between calls" : "more users than there were"}`,
    };
  },
});

interface Load {
  readonly line: Line;
  readonly users: { readonly started: number; readonly average: number };
  /** Unknown where only a rate is printed. */
  readonly durationS: number | undefined;
  readonly spawnRate: number | undefined;
  readonly rate: number;
  /** As printed, the mean before the median. */
  readonly callS: number;
  readonly thinkS: number;
  readonly busy: number;
}

function loadOf(line: Line): Load | null {
  const [users, spawnRate] = [line.value("users"), line.value("spawn rate")];
  const [count, durationS] = [line.value("count"), line.value("duration")];
  const callS = line.value("mean") ?? line.value("median");
  const isTimed = count !== undefined && durationS !== undefined && durationS > 0;
  const rate = isTimed ? count / durationS : line.value("rate");
  if (users === undefined || callS === undefined || rate === undefined) return null;
  const thinkS = thinkOf(line) ?? 0;
  return {
    line,
    users: spawnRate && durationS ? rampOf(users, durationS, spawnRate) : { started: users, average: users },
    durationS: isTimed ? durationS : undefined,
    spawnRate: durationS ? spawnRate : undefined,
    rate,
    callS,
    thinkS,
    busy: rate * (callS + thinkS),
  };
}

/** Only where a ramp is printed, since users who begin late look idle; the longest mean that percentiles allow decides. */
function isIdle({ line, spawnRate, durationS, thinkS, rate, callS, users }: Load): boolean {
  const mostS = meanWithin(line)?.highS ?? callS;
  const known = spawnRate !== undefined && durationS !== undefined;
  return known && thinkS === 0 && rate * mostS < idleShare * users.average;
}

/** How far users are ahead of an even ramp on average: the first starts at once, and some tools start those of a second together. */
function aheadOfRampS(spawnRate: number): number {
  return 0.5 / spawnRate + 0.5;
}

/** Deviations that so many drawn pauses may together be shorter than on average. */
const deviations = 4;

/** A user's last call and last pause may go on after the end, and pauses may have been drawn short. */
function isOverfull({ line, spawnRate, durationS, thinkS, rate, users }: Load): boolean {
  const leastS = meanWithin(line)?.lowS ?? 0;
  const aheadS = spawnRate ? aheadOfRampS(spawnRate) : 0;
  const roomS = aheadS + (line.value("max") ?? 0) + (line.value("think time max") ?? 0);
  const drawnS = deviations * pauseDeviationOf(line) * Math.sqrt(line.value("count") ?? 0);
  const room = durationS === undefined ? 0 : (users.started * roomS + drawnS) / durationS;
  return rate * (leastS + thinkS) > slack * users.average + room;
}

/** Users that a ramp has started by the end, and how many of them there were over the time. */
function rampOf(users: number, durationS: number, spawnRate: number) {
  const started = Math.min(users, spawnRate * durationS);
  const rampS = started / spawnRate;
  return { started, average: (started * (durationS - rampS / 2)) / durationS };
}
