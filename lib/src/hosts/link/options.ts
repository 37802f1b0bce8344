import { WirelabError } from "../../errors.js";
import type { Endpoints } from "../host.js";

/** Loss, modelled as what the receiver sees of it: bytes that come late, and all behind them waiting. */
export interface Stalls {
  /** Mean number of stalls a million bytes, at random places. */
  readonly perMegabyte: number;
  /** How much later the bytes come: about a round trip for a fast retransmit, 200 ms or more for a timeout. */
  readonly stallMs: number;
}

/** What a path does to the bytes of a connection. */
export interface Shape {
  readonly roundTripMs: number;
  /** Each way's delay is drawn evenly from `roundTripMs / 2 ± jitterMs / 2`; order is kept. */
  readonly jitterMs: number;
  /** Of each direction, shared by its connections; null is unlimited. */
  readonly bandwidthMbps: number | null;
  /** Whether a new connection begins with a window of ten segments (RFC 6928) that grows as bytes are acknowledged. */
  readonly slowStart: boolean;
  /**
   * Whether that window falls back in a pause of more than 200 ms and a round trip, as Linux has it unless
   * `net.ipv4.tcp_slow_start_after_idle` is 0; default false, so a kept connection keeps what it earned.
   */
  readonly slowStartAfterIdle: boolean;
  readonly stalls: Stalls | null;
  /** Of jitter and stalls. */
  readonly seed: number;
}

/** A path of which only the round trip must be said; the rest is an unlimited, loss-free path with slow start. */
export type ShapeOptions = Partial<Shape> & Pick<Shape, "roundTripMs">;

/** How a link is started. */
export interface LinkOptions extends ShapeOptions {
  /** Where the servers listen that are to be reached through the link. */
  readonly targets: Endpoints;
  /** Processor to pin the link's process to, where `hasTaskset()`; null leaves it to the system. */
  readonly processor?: number | null;
  /** Default 0: any free port. */
  readonly restPort?: number;
  readonly grpcPort?: number;
  /** How long the process may take to begin to listen; default 20,000. */
  readonly startTimeoutMs?: number;
}

/** A path that does nothing: bytes go on at once. */
export const idleShape: Shape = {
  roundTripMs: 0,
  jitterMs: 0,
  bandwidthMbps: null,
  slowStart: true,
  slowStartAfterIdle: false,
  stalls: null,
  seed: 1,
};

/** Whether a path leaves every byte as it is: slow start costs nothing where acknowledgements take no time. */
export function isIdle({ roundTripMs, jitterMs, bandwidthMbps, stalls }: Shape): boolean {
  return roundTripMs === 0 && jitterMs === 0 && bandwidthMbps === null && stalls === null;
}

/**
 * The whole shape that some options ask for.
 *
 * @throws WirelabError `usage` for one that no path can have
 */
export function shapeOf(options: ShapeOptions): Shape {
  const shape: Shape = {
    roundTripMs: options.roundTripMs,
    jitterMs: options.jitterMs ?? idleShape.jitterMs,
    bandwidthMbps: options.bandwidthMbps ?? idleShape.bandwidthMbps,
    slowStart: options.slowStart ?? idleShape.slowStart,
    slowStartAfterIdle: options.slowStartAfterIdle ?? idleShape.slowStartAfterIdle,
    stalls: options.stalls ?? idleShape.stalls,
    seed: options.seed ?? idleShape.seed,
  };
  const { roundTripMs, jitterMs, bandwidthMbps, stalls, seed } = shape;
  requireRange("roundTripMs", roundTripMs, "from 0 to 60,000", roundTripMs >= 0 && roundTripMs <= 60_000);
  // More, and a delay could be drawn that is less than none.
  requireRange("jitterMs", jitterMs, "from 0 to roundTripMs", jitterMs >= 0 && jitterMs <= roundTripMs);
  requireRange("bandwidthMbps", bandwidthMbps, "more than 0, or null", isNullOrPositive(bandwidthMbps));
  requireRange("seed", seed, "an integer", Number.isSafeInteger(seed));
  if (stalls !== null) {
    const { perMegabyte, stallMs } = stalls;
    requireRange(
      "stalls.perMegabyte",
      perMegabyte,
      "from 0 to 1,000",
      perMegabyte >= 0 && perMegabyte <= 1000,
    );
    requireRange("stalls.stallMs", stallMs, "from 0 to 60,000", stallMs >= 0 && stallMs <= 60_000);
  }
  return shape;
}

function isNullOrPositive(value: number | null): boolean {
  return value === null || (value > 0 && value < Number.POSITIVE_INFINITY);
}

function requireRange(name: string, value: unknown, range: string, holds: boolean): void {
  if (!holds) throw new WirelabError("usage", `A link's ${name} must be ${range}; it is ${String(value)}.`);
}
