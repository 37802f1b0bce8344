import type { Run } from "../record/run.js";
import { type MeasureOptions, measure } from "./measure.js";

/** A control is measured like anything else, but decides its arms itself. */
export interface ControlOptions extends Omit<MeasureOptions, "arms"> {
  /** The way of calling that both arms use. Default `rest`. */
  readonly arm?: string;
}

/**
 * The A/A control: two identical server processes under the names `A` and `B`. What it calls a difference is noise.
 *
 * @example
 * const run = await measureNoise({ pairs: 1, blocks: 2, warmupBlocks: 1, callsPerRound: 20 });
 */
export function measureNoise({ arm = "rest", ...options }: ControlOptions = {}): Promise<Run> {
  return measure({
    name: `noise-${arm}`,
    ...options,
    arms: [
      { name: "A", arm, server: 0 },
      { name: "B", arm, server: 1 },
    ],
  });
}

/** The size of a planted delay, and where it is planted. */
export interface PlantedDelayOptions extends ControlOptions {
  /** Busy waiting in the server while `B` is called, in µs. */
  readonly delayUs: number;
  /** Whether `B` has a server process of its own. Without, the two differ in nothing but the delay. Default true. */
  readonly ownServer?: boolean;
}

/**
 * The planted delay: as the A/A control, but the server waits while `B` is called. What it does not call a difference
 * is smaller than this machine and setting can see.
 */
export function measurePlantedDelay(options: PlantedDelayOptions): Promise<Run> {
  const { arm = "rest", delayUs, ownServer = true, ...rest } = options;
  return measure({
    name: `planted-delay-${arm}`,
    ...rest,
    arms: [
      { name: "A", arm, server: 0 },
      { name: "B", arm, server: ownServer ? 1 : 0, plantedDelayUs: delayUs },
    ],
  });
}
