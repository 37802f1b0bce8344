import { readNumbers } from "../read-table.js";
import { fixture } from "./fixture.js";

/** Asks for the numbers of a file that holds what a tool computed, times in ms. */
export async function printed(file: string) {
  const { numbers } = await readNumbers(fixture(file));
  const inMs: Readonly<Record<string, number>> = { s: 1000, us: 0.001 };
  return (metric: string, arm?: string) => {
    const found = numbers.find(
      (number) => number.metric === metric && (arm === undefined || number.arm === arm),
    );
    if (found === undefined) throw new Error(`${file} has no ${metric}`);
    return found.value * (inMs[found.unit] ?? 1);
  };
}
