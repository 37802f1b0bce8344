import { type Load, runTimeOf } from "../record/load-info.js";
import { percentile } from "../stats/percentiles/percentile.js";
import { ThinnedSample } from "../stats/percentiles/thinned-sample.js";
import { failurePauseMs } from "./closed-load.js";
import { meanPauseMs } from "./users.js";

/** A load, and when it begins on the run's clock. */
export interface BegunLoad {
  readonly load: Load;
  readonly beginMs: number;
}

/** One row of the call record, as far as the laws of loads go. */
export interface LoadSumsRow {
  readonly caller: number;
  readonly intendedMs: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly ok: boolean;
}

/** What the laws of loads need to know of the calls of a round. */
export interface LoadTally {
  readonly calls: number;
  /** Calls that succeeded and ended within the run time. */
  readonly counted: number;
  /** Those ÷ the run time: nothing to go by of a load that was cut short. */
  readonly callsPerSecond: number;
  /** Time that calls took within the run time, all users together. */
  readonly inCallsMs: number;
  /** Time that users of a closed load paused within it, by what was asked for; and what chance adds or takes, as a deviation. */
  readonly pausesMs: number;
  readonly pausesDeviationMs: number;
  /** Time within it in which calls that were due had not been sent. */
  readonly lateMs: number;
  /** Tenth percentile of how long calls took, and the 99th of how late they were sent; null without calls. */
  readonly fastMs: number | null;
  readonly lateP99Ms: number | null;
  /** Of the calls that were sent too late, the share that was sent as soon as another call of its caller had ended. */
  readonly lateForCaller: number;
}

/** A call that is sent later than this after it was due was held up by more than timers. */
export const tooLateMs = 5;

/** A caller that was waited for is used again as soon as it is free, in the same turn of the event loop. */
const atOnceMs = 1;

/** Sums up the calls of one round of a load row by row, those of a caller in their order. */
export class LoadSums {
  private readonly load: Load;
  private readonly beginMs: number;
  private readonly overMs: number;
  private readonly durations = new ThinnedSample();
  private readonly lateness = new ThinnedSample();
  private readonly lastEndMs = new Map<number, number>();
  private calls = 0;
  private counted = 0;
  private inCallsMs = 0;
  private pausesMs = 0;
  private pauses = 0;
  private lateMs = 0;
  private late = 0;
  private lateForCaller = 0;

  constructor({ load, beginMs }: BegunLoad) {
    this.load = load;
    this.beginMs = beginMs;
    this.overMs = beginMs + runTimeOf(load);
  }

  add({ caller, intendedMs, startMs, durationMs, ok }: LoadSumsRow): void {
    const endMs = startMs + durationMs;
    this.calls++;
    if (ok && endMs <= this.overMs) this.counted++;
    this.durations.add(durationMs);
    this.inCallsMs += Math.max(0, Math.min(endMs, this.overMs) - Math.max(startMs, this.beginMs));
    if (this.load.kind === "closed" && endMs < this.overMs) {
      this.pausesMs += meanPauseMs(this.load.thinkMs, {
        leastMs: ok ? 0 : failurePauseMs,
        leftMs: this.overMs - endMs,
      });
      this.pauses++;
    }
    this.lateMs += Math.max(0, Math.min(startMs, this.overMs) - intendedMs);
    this.addLateness(startMs, startMs - intendedMs, this.lastEndMs.get(caller));
    this.lastEndMs.set(caller, endMs);
  }

  tally(): LoadTally {
    const { calls, counted, inCallsMs, pausesMs, lateMs } = this;
    const [least, most] = this.load.kind === "closed" ? this.load.thinkMs : [0, 0];
    return {
      calls,
      counted,
      callsPerSecond: (1000 * counted) / runTimeOf(this.load),
      inCallsMs,
      pausesMs,
      // An even distribution's variance is its squared width ÷ 12.
      pausesDeviationMs: (most - least) * Math.sqrt(this.pauses / 12),
      lateMs,
      fastMs: percentileOrNull(this.durations, 0.1),
      lateP99Ms: percentileOrNull(this.lateness, 0.99),
      lateForCaller: this.late === 0 ? 0 : this.lateForCaller / this.late,
    };
  }

  private addLateness(startMs: number, lateMs: number, callerFreeMs: number | undefined): void {
    this.lateness.add(lateMs);
    if (lateMs <= tooLateMs) return;
    this.late++;
    if (callerFreeMs !== undefined && startMs - callerFreeMs < atOnceMs) this.lateForCaller++;
  }
}

function percentileOrNull({ values }: ThinnedSample, p: number): number | null {
  return values.length === 0 ? null : percentile(Float64Array.from(values).sort(), p);
}
