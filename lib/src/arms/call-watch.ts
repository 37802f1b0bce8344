import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readInstants } from "@wirelab/servers/dist/instants.js";
import type { ArmOptions, Caller, CallingArm, OwnArm } from "./arm.js";
import type { CallInstants, RoundWatch, Span } from "./instants.js";

/** From when to when, by `performance.now()`. */
type Took = readonly [from: number, to: number];

/** What is noted of a call while it goes on, in ms by `performance.now()`. */
export interface Marks {
  readonly askedAt: number;
  endedAt: number;
  answered: boolean;
  serialise?: Took;
  connectFrom?: number;
  connectTo?: number;
  sentAt?: number;
  handler?: Took;
  receivedAt?: number;
  deserialise?: Took;
}

/** A single moment of a call. */
type Moment = "connectFrom" | "connectTo" | "sentAt" | "receivedAt";

/**
 * Notes when what happens in the calls of one caller. It listens to Node's diagnostics channels only from `begin` to `end`,
 * since whoever makes calls in this process pays for listeners, watched or not.
 */
export abstract class CallWatch implements RoundWatch {
  private calls: Marks[] = [];
  private current: Marks | null = null;
  protected isOn = false;
  private clock = readClock();

  /** What is listened to: a channel, and what is noted of what it tells. */
  protected abstract readonly listeners: Readonly<Record<string, (message: unknown) => void>>;

  begin(): void {
    this.calls = [];
    this.isOn = true;
    this.clock = readClock();
    for (const [channel, listener] of Object.entries(this.listeners)) subscribe(channel, listener);
  }

  async end(): Promise<readonly (CallInstants | null)[]> {
    this.isOn = false;
    for (const [channel, listener] of Object.entries(this.listeners)) unsubscribe(channel, listener);
    await this.complete(this.calls);
    return this.calls.map(instantsOf);
  }

  /** The same arm with its calls noted while the watch is on. */
  watched<Input, Output>(arm: CallingArm<Input, Output>): CallingArm<Input, Output> {
    return { ...arm, watch: this, callers: arm.callers.map((caller) => this.watchedCaller(caller)) };
  }

  /** Notes a moment of the call that is under way. */
  mark(moment: Moment): void {
    if (this.current !== null) this.current[moment] = performance.now();
  }

  /** Runs one side of a codec and notes how long it took. */
  time<Result>(side: "serialise" | "deserialise", run: () => Result): Result {
    const from = performance.now();
    const result = run();
    if (this.current !== null) this.current[side] = [from, performance.now()];
    return result;
  }

  /** Notes what the server says of its handler. */
  noteHandler(said: string): void {
    const instants = readInstants(said);
    if (this.current === null || instants === null) return;
    this.current.handler = [this.clock(instants.beganNs), this.clock(instants.endedNs)];
  }

  /** Adds what is known only when the calls are over. */
  protected async complete(_calls: readonly Marks[]): Promise<void> {}

  private watchedCaller<Input, Output>(caller: Caller<Input, Output>): Caller<Input, Output> {
    return {
      call: async (input, answer) => {
        if (!this.isOn) return caller.call(input, answer);
        const marks: Marks = { askedAt: performance.now(), endedAt: Number.NaN, answered: false };
        this.calls.push(marks);
        this.current = marks;
        await caller.call(input, answer);
        this.current = null;
        marks.endedAt = performance.now();
        marks.answered = answer.ok;
      },
      cancel: (code) => caller.cancel(code),
    };
  }
}

/** How an arm is opened with a watch. */
type OpenWatched = <Input, Output>(options: ArmOptions<Input, Output>) => CallingArm<Input, Output>;

/** The arm `of` watched; with more than one caller, as for priming, it is just that arm. */
export function watchedArm(of: OwnArm, open: OpenWatched): OwnArm {
  return {
    ...of,
    name: `${of.name}-watched`,
    client: `${of.client}, watched from inside`,
    watched: true,
    open: (options) => (options.callers === 1 ? open(options) : of.open(options)),
  };
}

/** What turns ns of the machine's monotonic clock into what `performance.now()` says then: of several readings the quickest. */
function readClock(): (ns: bigint) => number {
  let quickest = Infinity;
  let zeroNs = 0n;
  for (let reading = 0; reading < 16; reading++) {
    const before = performance.now();
    const ns = process.hrtime.bigint();
    const after = performance.now();
    if (after - before >= quickest) continue;
    quickest = after - before;
    zeroNs = ns - BigInt(Math.round(500_000 * (before + after)));
  }
  return (ns) => Number(ns - zeroNs) / 1e6;
}

function instantsOf(marks: Marks): CallInstants | null {
  const { askedAt, answered, serialise, sentAt, receivedAt, deserialise } = marks;
  const { connectFrom, connectTo, handler } = marks;
  if (!answered || serialise === undefined || deserialise === undefined) return null;
  if (sentAt === undefined || receivedAt === undefined) return null;
  const ns = (at: number) => Math.round((at - askedAt) * 1e6);
  const span = ([from, to]: Took): Span => [ns(from), ns(to)];
  return {
    serialise: span(serialise),
    connect: connectFrom === undefined || connectTo === undefined ? null : span([connectFrom, connectTo]),
    sent: ns(sentAt),
    handler: handler === undefined ? null : span(handler),
    received: ns(receivedAt),
    deserialise: span(deserialise),
  };
}
