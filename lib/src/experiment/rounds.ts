import { median } from "simple-statistics";
import type { RoundPart } from "../record/calls.js";
import { type Load, runTimeOf } from "../record/load-info.js";
import { LoadMeter } from "../record/load-meter.js";
import type { RoundPlace } from "../schedule/round.js";

/** What is kept in memory of a round while the run goes on; the calls themselves are in the log. */
export interface RoundSummary extends RoundPlace {
  /** Arm of the round before it, in the same pair; null for the first. */
  readonly previous: string | null;
  /** Median of the calls that succeeded; null when none did. */
  readonly medianMs: number | null;
  readonly calls: number;
  readonly failed: number;
  /** From the first start to the last end. */
  readonly elapsedMs: number;
  /** Calls that succeeded, a second: of a load within its run time, else as `LoadMeter` has it; null for an empty round. */
  readonly callsPerSecond: number | null;
  /** Calls under way on average (`LoadMeter`). */
  readonly underWay: number | null;
}

/** A load, and when it begins on the run's clock. */
export interface BegunLoad {
  readonly load: Load;
  readonly beginMs: number;
}

/** Sums up the parts of one round as they come, so that a round of any length takes little memory. */
export class RoundSums {
  private readonly meter = new LoadMeter();
  private readonly durations = new ThinnedSample();
  private calls = 0;
  private failed = 0;
  private inTime = 0;
  private readonly load: BegunLoad | null;

  constructor(load: BegunLoad | null = null) {
    this.load = load;
  }

  add({ columns }: RoundPart): void {
    const overMs = this.load === null ? Infinity : this.load.beginMs + runTimeOf(this.load.load);
    this.calls += columns.length;
    for (let i = 0; i < columns.length; i++) {
      const durationMs = columns.durationMs[i] as number;
      const startMs = columns.startMs[i] as number;
      const ok = columns.ok[i] === 1;
      this.meter.add({
        caller: columns.caller[i] as number,
        startMs,
        durationMs,
        calls: columns.calls[i] as number,
        ok,
      });
      if (ok) this.durations.add(durationMs);
      else this.failed++;
      if (ok && startMs + durationMs <= overMs) this.inTime++;
    }
  }

  summary(place: RoundPlace, previous: string | null): RoundSummary {
    const { arm, pair, block } = place;
    const { calls, failed, meter } = this;
    return {
      arm,
      pair,
      block,
      previous,
      medianMs: this.durations.values.length > 0 ? median([...this.durations.values]) : null,
      calls,
      failed,
      elapsedMs: meter.elapsedMs(),
      callsPerSecond: this.callsPerSecond(),
      underWay: orNull(meter.underWay()),
    };
  }

  private callsPerSecond(): number | null {
    if (this.load === null || this.calls === 0) return orNull(this.meter.callsPerSecond());
    return (1000 * this.inTime) / runTimeOf(this.load.load);
  }
}

/** Enough for a median to three digits. */
const mostKept = 65_536;

/** Every value of a series, or when there are many every second, every fourth …, so that it stays bounded. */
class ThinnedSample {
  values: number[] = [];
  private stride = 1;
  private seen = 0;

  add(value: number): void {
    if (this.seen++ % this.stride !== 0) return;
    this.values.push(value);
    if (this.values.length < mostKept) return;
    this.values = this.values.filter((_, i) => i % 2 === 0);
    this.stride *= 2;
  }
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
