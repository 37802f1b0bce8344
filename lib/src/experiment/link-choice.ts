import { WirelabError } from "../errors.js";
import type { LinkParameters } from "../hosts/link/parameters.js";

/** A path between client and servers, modelled in user space. */
export interface LinkChoice {
  /** 0 to 10,000; what is shorter than 0.3 is as good as no link. */
  readonly roundTripMs: number;
  /** Largest extra delay each way, drawn evenly. Default 0. */
  readonly jitterMs?: number;
  /** Each way. Default: no limit. */
  readonly bandwidthMbps?: number;
  /** Whether a new connection starts with ten segments, as TCP does. Default true. */
  readonly slowStart?: boolean;
  /** Stalls in place of loss: so many a megabyte, each so long. Default: none. */
  readonly stalls?: { readonly perMegabyte: number; readonly stallMs: number };
}

/** A choice with its defaults; a number that no link could have is a `usage` error. */
export function linkParameters(choice: LinkChoice): LinkParameters {
  const { roundTripMs, jitterMs = 0, bandwidthMbps, slowStart = true, stalls } = choice;
  return {
    roundTripMs: within("roundTripMs", roundTripMs, 0, 10_000),
    jitterMs: within("jitterMs", jitterMs, 0, 10_000),
    bandwidthMbps:
      bandwidthMbps === undefined ? null : within("bandwidthMbps", bandwidthMbps, 0.001, 1_000_000),
    slowStart,
    stalls:
      stalls === undefined
        ? null
        : {
            perMegabyte: within("stalls.perMegabyte", stalls.perMegabyte, 0, 1000),
            stallMs: within("stalls.stallMs", stalls.stallMs, 0, 60_000),
          },
  };
}

function within(name: string, value: number, least: number, most: number): number {
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw new WirelabError("usage", `link.${name} must be a number from ${least} to ${most}, not ${value}.`);
}
