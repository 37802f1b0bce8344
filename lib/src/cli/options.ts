import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number from `least` to `most`; anything else is a usage error. */
export function wholeNumber({ least, most }: { least: number; most: number }): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Reads an option that is a number of seconds above 0, fractions allowed. */
export function seconds(text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError("It must be a number of seconds above 0.");
}

/** Collects an option that may be given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Reads an option that is a list of different whole numbers with commas between, each from `least` to `most`. */
export function wholeNumbers(range: { least: number; most: number }): (text: string) => readonly number[] {
  const one = wholeNumber(range);
  return (text) => distinct(text.split(",").map((part) => one(part.trim())));
}

/** Reads an option that is a list of different names with commas between. */
export function names(text: string): readonly string[] {
  return distinct(text.split(",").map((part) => part.trim()));
}

function distinct<T>(values: readonly T[]): readonly T[] {
  if (new Set(values).size === values.length) return values;
  throw new InvalidArgumentError("Nothing may be in it twice.");
}
