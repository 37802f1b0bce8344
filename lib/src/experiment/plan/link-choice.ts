import { type Shape, type ShapeOptions, shapeOf } from "../../hosts/link/options.js";
import type { LinkParameters } from "../../record/run-info.js";

/**
 * A path between client and servers, modelled in user space; only its round trip must be said.
 *
 * @example
 * const link: lab.LinkChoice = { roundTripMs: 35 };
 */
export type LinkChoice = Omit<ShapeOptions, "seed">;

/** A choice with its defaults; a number that no link could have is a `usage` error. */
export function linkParameters(choice: LinkChoice): LinkParameters {
  // Chance belongs to a pair, not to the path.
  const { seed: _, ...parameters }: Shape = shapeOf(choice);
  return parameters;
}
