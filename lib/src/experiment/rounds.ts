import { median } from "simple-statistics";
import type { RoundPart } from "../record/calls.js";
import { LoadMeter } from "../record/load-meter.js";
import { type BegunLoad, LoadSums, type LoadTally } from "../schedule/load-sums.js";
import type { RoundPlace } from "../schedule/round.js";
import { ThinnedSample } from "../stats/percentiles/thinned-sample.js";

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
  /** Calls that succeeded, a second: of a load within its run time, else as `LoadMeter` has it; null for an empty round or a load cut short. */
  readonly callsPerSecond: number | null;
  /** Calls under way on average (`LoadMeter`). */
  readonly underWay: number | null;
  /** Null for calls one after another. */
  readonly load: LoadTally | null;
}

/** Sums up the parts of one round as they come, so that a round of any length takes little memory. */
export class RoundSums {
  private readonly meter = new LoadMeter();
  private readonly durations = new ThinnedSample();
  private calls = 0;
  private failed = 0;
  private readonly ofLoad: LoadSums | null;

  constructor(begun: BegunLoad | null = null) {
    this.ofLoad = begun && new LoadSums(begun);
  }

  add({ columns }: RoundPart): void {
    this.calls += columns.length;
    for (let i = 0; i < columns.length; i++) {
      const durationMs = columns.durationMs[i] as number;
      const row = {
        caller: columns.caller[i] as number,
        startMs: columns.startMs[i] as number,
        durationMs,
        ok: columns.ok[i] === 1,
      };
      this.meter.add({ ...row, calls: columns.calls[i] as number });
      this.ofLoad?.add({ ...row, intendedMs: columns.intendedMs[i] as number });
      if (row.ok) this.durations.add(durationMs);
      else this.failed++;
    }
  }

  summary(
    place: RoundPlace,
    previous: string | null,
    { cutShort = false }: { readonly cutShort?: boolean } = {},
  ): RoundSummary {
    const { arm, pair, block } = place;
    const { calls, failed, meter, ofLoad } = this;
    const load = ofLoad?.tally() ?? null;
    return {
      arm,
      pair,
      block,
      previous,
      medianMs: this.durations.values.length > 0 ? median([...this.durations.values]) : null,
      calls,
      failed,
      elapsedMs: meter.elapsedMs(),
      callsPerSecond: cutShort
        ? null
        : load !== null && calls > 0
          ? load.callsPerSecond
          : orNull(meter.callsPerSecond()),
      underWay: orNull(meter.underWay()),
      load,
    };
  }
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
