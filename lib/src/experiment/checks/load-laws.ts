import { type ClosedLoad, type Load, type OpenLoad, runTimeOf } from "../../record/load-info.js";
import type { Warning } from "../../record/run-info.js";
import { callsDueBy } from "../../schedule/arrivals.js";
import { type LoadTally, tooLateMs } from "../../schedule/load-sums.js";
import { averageUsers, usersWhoBegin } from "../../schedule/users.js";

/** One round of a load, whoever made and recorded it. */
export interface LawRecord {
  readonly arm: string;
  readonly load: Load;
  readonly tally: LoadTally;
  /** Null where nobody wrote it down: then as many are taken for begun as the ramp allows. */
  readonly usersStarted: number | null;
  /** Users averaged over the run time, where it is known that they did not begin evenly: Locust starts them in steps. */
  readonly averageUsers?: number | undefined;
  /** Calls that were due and were never sent; null where nobody wrote it down. */
  readonly notSent: number | null;
  /** Whether it ended before its run time, as one that was stopped does. */
  readonly cutShort: boolean;
}

/** Share by which users, by Little's law, or calls may miss what was asked for; further off, it was another load. */
export const askedTolerance = 0.05;

/** A smaller share of the users is not worth a word. */
const seen = 0.003;

/** Deviations that chance is allowed besides: pauses are drawn, and few of them do not have their mean. */
const chance = 3;

/**
 * Holds a round of a load against the laws that it must obey: of a closed load Little's law, with the pauses and the ramp,
 * and whether its users began; of an open one whether its calls were sent, in time, and answered.
 */
export function checkLaw(round: LawRecord): Warning[] {
  const { load } = round;
  if (load.kind === "open") {
    return [...(round.cutShort ? [] : rateNotReached(round, load)), ...lateSending(round, load)];
  }
  return round.cutShort ? [] : [...usersNotStarted(round, load), ...little(round, load)];
}

/** Little (1961): users in the load on average = time that calls and pauses take, all users together, ÷ time. */
function little({ arm, tally, averageUsers: told }: LawRecord, load: ClosedLoad): Warning[] {
  const users = told ?? averageUsers(load);
  const inside = (tally.inCallsMs + tally.pausesMs) / load.runTimeMs;
  const waiting = tally.lateMs / load.runTimeMs;
  const byChance = (chance * tally.pausesDeviationMs) / load.runTimeMs;
  if (Math.abs(inside - users) <= askedTolerance * users + byChance) return [];
  const message =
    `Little's law does not hold for ${arm}: ${say(users)} users were in the load on average, and the calls and pauses of ` +
    `the ${count(tally.calls)} calls recorded fill the time of ${say(inside)} users` +
    `${waiting > seen * users ? `; ${say(waiting)} waited for calls that were due and not yet sent` : ""}.`;
  return [
    {
      code: "little",
      message,
      advice:
        inside < users
          ? "The others waited where no call is timed, as in a client that runs one call at a time or on a machine too busy to send in time: what a user waited is not in its latencies, and its rate is the client's."
          : "So many users cannot have made them: the number of users, the pauses or the times are not what they are said to be.",
    },
  ];
}

function usersNotStarted({ arm, usersStarted }: LawRecord, load: ClosedLoad): Warning[] {
  const { users, spawnPerSecond } = load;
  const byRamp = usersWhoBegin(load);
  const started = usersStarted ?? byRamp;
  if (started >= users) return [];
  const why =
    byRamp < users
      ? `${say(spawnPerSecond ?? 0)} a second start ${count(byRamp)} in ${inSeconds(load)}`
      : "the client did not get to the others";
  return [
    {
      code: "users-not-started",
      message: `Of the ${count(users)} users of ${arm} ${count(started)} had begun when the run time was over: ${why}.`,
      advice: `Take it for a load of ${count(started)} users at most, or give it more time or a faster ramp.`,
    },
  ];
}

function rateNotReached(round: LawRecord, load: OpenLoad): Warning[] {
  const { arm, tally } = round;
  const notSent = round.notSent ?? 0;
  const due = tally.calls + notSent;
  // What was due less than a fast call's time before the end could not have been answered by then.
  const answerable = due * (callsDueBy(load, runTimeOf(load) - (tally.fastMs ?? 0)) / callsDueBy(load));
  if (due === 0 || (notSent === 0 && tally.counted >= (1 - askedTolerance) * answerable)) return [];
  const unsent = notSent === 0 ? "" : `, and ${count(notSent)} of them were never sent`;
  return [
    {
      code: "rate-not-reached",
      message:
        `Of ${count(due)} calls of ${arm} that were due in ${inSeconds(load)} ${count(tally.counted)} had succeeded by then, ` +
        `${say(tally.callsPerSecond)} a second${unsent}.`,
      advice: heldByCallers(round, load)
        ? `All ${count(load.users)} callers had a call under way: it is the rate for so many calls at once; give the load more users, or ask for less.`
        : "Take it for what client and server together can do, or ask for less.",
    },
  ];
}

function lateSending(round: LawRecord, load: OpenLoad): Warning[] {
  const { arm, tally } = round;
  if (tally.lateP99Ms === null || tally.lateP99Ms <= tooLateMs) return [];
  const busy = heldByCallers(round, load);
  return [
    {
      code: "late-sending",
      message:
        `One in a hundred calls of ${arm} was sent ${say(tally.lateP99Ms)} ms or more after it was due` +
        `${busy ? `, because all ${count(load.users)} callers had a call under way` : ""}.`,
      advice: busy
        ? "Count latencies from when calls were due, or give the load more users."
        : "Callers were free, so the client or the machine is too busy for the rate: count latencies from when calls were due, ask for less, or share the load among more clients.",
    },
  ];
}

/** Whether what was late was so because no caller was free; one that was never needed would have been. */
function heldByCallers({ tally, usersStarted }: LawRecord, { users }: OpenLoad): boolean {
  return (usersStarted ?? users) >= users && tally.lateForCaller > 0.5;
}

function inSeconds(load: Load): string {
  return `${say(runTimeOf(load) / 1000)} s`;
}

/** To three digits: more would be noise. */
function say(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
