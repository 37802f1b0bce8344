import { type Answer, type Caller, newAnswer } from "../arms/arm.js";
import type { CallFlow } from "../arms/workload.js";
import { type OpenLoad, runTimeOf } from "../record/load-info.js";
import { arrivals } from "./arrivals.js";
import { serverMsOf } from "./call-recorder.js";
import { type LoadEnd, type LoadOptions, RunningLoad } from "./running-load.js";

/**
 * This client's share of an open load: calls are sent when they are due, by whichever caller is free. Where none is, the
 * call waits for one, and its record tells when it was due and when it was sent. Sending is paced by timers of a
 * millisecond: calls that are due in between go out together, a little late. Resolves when all calls sent are over;
 * what was due and could not be sent by then is counted.
 */
export async function runOpenLoad<Input, Output>(
  callers: readonly Caller<Input, Output>[],
  workload: CallFlow<Input, Output>,
  load: OpenLoad,
  options: LoadOptions,
): Promise<LoadEnd> {
  const round = new RunningLoad(options, { runTimeMs: runTimeOf(load) });
  const pool = new Pool(callers, options.share, workload.first);
  const due = shareOf(arrivals(load, options.seed), options.share);
  let next = due.next();
  const waitForUser = async () => {
    const user = round.over ? null : await pool.takeNext();
    return round.over ? null : user;
  };
  const send = async () => {
    const underWay = new Set<Promise<void>>();
    while (!next.done) {
      const intendedAt = round.beginAt + next.value;
      await round.sleepUntil(intendedAt);
      // What a timer let through a little after the end was due before it, and goes out if somebody is free for it.
      const user = round.cut ? null : (pool.takeFree() ?? (await waitForUser()));
      if (user === null) break;
      const call = makeCall(round, user, workload, intendedAt).finally(() => {
        underWay.delete(call);
        pool.giveBack(user);
      });
      underWay.add(call);
      next = due.next();
    }
    await Promise.all(underWay);
  };
  const end = await round.run(callers, send);
  const { overMs } = round;
  return { end, usersStarted: pool.used, overMs, notSent: countDue(next, due, overMs) };
}

/** A caller, and what it needs to make calls one after another. */
interface User<Input, Output> {
  readonly caller: Caller<Input, Output>;
  readonly number: number;
  readonly answer: Answer<Output>;
  input: Input;
}

async function makeCall<Input, Output>(
  round: RunningLoad,
  user: User<Input, Output>,
  workload: CallFlow<Input, Output>,
  intendedAt: number,
): Promise<void> {
  const { caller, answer, number } = user;
  const index = round.nextIndex();
  const startedAt = performance.now();
  await caller.call(user.input, answer);
  const endedAt = performance.now();
  round.recorder.record(index, number, intendedAt, startedAt, endedAt, serverMsOf(workload, answer), answer);
  round.checkFailures();
  if (answer.ok) user.input = workload.next(answer.output as Output);
}

/** Callers that are free, the last to become so first: as few connections are in use as will do. */
class Pool<Input, Output> {
  private readonly unused: User<Input, Output>[];
  private readonly free: User<Input, Output>[] = [];
  private waiting: ((user: User<Input, Output>) => void) | null = null;
  used = 0;

  constructor(callers: readonly Caller<Input, Output>[], { client, of }: LoadOptions["share"], input: Input) {
    this.unused = callers
      .map((caller, i) => ({ caller, number: i * of + client, answer: newAnswer<Output>(), input }))
      .reverse();
  }

  /** One that is free; null when all are calling. */
  takeFree(): User<Input, Output> | null {
    const free = this.free.pop();
    if (free !== undefined) return free;
    const fresh = this.unused.pop();
    if (fresh === undefined) return null;
    this.used++;
    return fresh;
  }

  /** The next that becomes free. */
  takeNext(): Promise<User<Input, Output>> {
    return new Promise((resolve) => (this.waiting = resolve));
  }

  giveBack(user: User<Input, Output>): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting !== null) waiting(user);
    else this.free.push(user);
  }
}

/** Every `of`th call, from number `client` on. */
function* shareOf(due: Generator<number, void, undefined>, { client, of }: LoadOptions["share"]) {
  let number = 0;
  for (const atMs of due) if (number++ % of === client) yield atMs;
}

function countDue(
  next: IteratorResult<number, void>,
  due: Generator<number, void, undefined>,
  untilMs: number,
): number {
  let count = 0;
  for (let call = next; !call.done && call.value < untilMs; call = due.next()) count++;
  return count;
}
