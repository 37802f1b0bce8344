import type { Calls } from "./calls.js";

/**
 * The same calls with their arms numbered in the order of `names`, whichever ran first: tables and figures of two runs
 * then show an arm in the same place and colour. Arms that `names` has not come after, those without calls stay out.
 */
export function withArmOrder(calls: Calls, names: readonly string[]): Calls {
  const known = names.filter((name) => calls.armNames.includes(name));
  const armNames = [...known, ...calls.armNames.filter((name) => !known.includes(name))];
  if (armNames.every((name, number) => name === calls.armNames[number])) return calls;
  const numbers = Uint16Array.from(calls.armNames, (name) => armNames.indexOf(name));
  return { ...calls, armNames, arm: calls.arm.map((arm) => numbers[arm] ?? arm) };
}
