import { WirelabError } from "../../errors.js";

/** `value`, if it is a whole number of at least `least`; else a `usage` error that names the option. */
export function wholeNumber(option: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new WirelabError("usage", `${option} must be a whole number of at least ${least}, not ${value}.`);
}
