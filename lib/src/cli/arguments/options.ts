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
  if (isDecimal(text) && value > 0) return value;
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

/** Reads an option that is a number above 0 up to `most`, fractions allowed. */
export function numberAbove0({ most }: { most: number }): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (isDecimal(text) && value > 0 && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number above 0, at most ${most}.`);
  };
}

/** Reads an option that is a time above 0 up to a day, such as `30s`, `2min`, `500ms` or `1h30m`, in ms; a bare number is in s. */
export function duration(text: string): number {
  const ms = durationMs(text);
  if (ms !== null && ms > 0) return ms;
  throw new InvalidArgumentError("It must be a time above 0, at most 24h: 30s, 2min, 500ms, 1h30m.");
}

/** Reads an option that is a time, or two with a dash between of which the second is no shorter, in ms; `0` is none. */
export function durationRange(text: string): readonly [least: number, most: number] {
  const [first = "", second = first, ...others] = text.split("-");
  const [least, most] = [durationMs(first), durationMs(second)];
  if (others.length === 0 && least !== null && most !== null && least <= most) return [least, most];
  throw new InvalidArgumentError("It must be a time, or the shortest and the longest one: 500ms, 1s-2s.");
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000 };
const longestMs = 24 * 3_600_000;

/** Null for what is no time, or one of more than a day. */
function durationMs(text: string): number | null {
  if (!/^((\d*\.)?\d+(ms|s|min|m|h))+$/.test(text) && !isDecimal(text)) return null;
  const parts = isDecimal(text) ? [[text, text, "s"]] : [...text.matchAll(/([\d.]+)(ms|s|min|m|h)/g)];
  const ms = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitsMs[unit as string] as number),
    0,
  );
  return ms <= longestMs ? ms : null;
}

function isDecimal(text: string): boolean {
  return /^(\d*\.)?\d+$/.test(text);
}

/** Reads an option that is a list of different names, each one of `known`. */
export function namesOf<T extends string>(known: readonly T[]): (text: string) => readonly T[] {
  return (text) =>
    names(text).map((name) => {
      const found = known.find((one) => one === name);
      if (found !== undefined) return found;
      throw new InvalidArgumentError(`There is no ${JSON.stringify(name)}; choose from ${known.join(", ")}.`);
    });
}
