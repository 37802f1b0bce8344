import { type Estimate, isVast } from "./interval.js";

const nearest = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const down = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3, roundingMode: "floor" });
const up = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3, roundingMode: "ceil" });

/** A positive number to three significant digits, thousands grouped: 24, 0.718, 29,300. */
export function sayNumber(value: number): string {
  return nearest.format(value);
}

/**
 * An interval to three significant digits, its ends rounded outward so that what is printed covers what was computed;
 * one number where both ends print alike.
 */
export function sayRange(low: number, high: number): string {
  const [from, to] = [down.format(low), up.format(high)];
  return from === to ? from : `${from} to ${to}`;
}

/**
 * An interval of ratios before "times", as `sayRange` does. Of one whose digits say little the end that lies nearer to one, which says
 * on which side it is.
 */
export function sayFactor(low: number, high: number): string {
  if (!isVast({ low, high })) return sayTimesRange(low, high);
  if (low > 1) return `at least ${sayNumber(low)}`;
  return high < 1 ? `at most ${sayNumber(high)}` : "an unknown number of";
}

/** "1 times" would read as a slip; as a measured number it has its digits. */
function sayTimesRange(low: number, high: number): string {
  const range = sayRange(low, high);
  return range === "1" ? "1.00" : range;
}

/** The same with "times", and no number at all where its digits say little. */
export function sayTimes({ low, high }: Pick<Estimate, "low" | "high">): string {
  return isVast({ low, high }) ? "an unknown number of times" : `${sayTimesRange(low, high)} times`;
}

/** True where a number, as `sayNumber` prints it, lies within an interval as `sayRange` prints it. */
export function printsInside(value: number, low: number, high: number): boolean {
  const [shown, from, to] = [nearest.format(value), down.format(low), up.format(high)].map(parsePrinted);
  return shown !== undefined && from !== undefined && to !== undefined && shown >= from && shown <= to;
}

function parsePrinted(printed: string): number {
  return Number(printed.replaceAll(",", ""));
}

/** A share as a percentage to three significant digits: 0.05 → `5 %`. */
export function sayPercent(share: number): string {
  return `${sayNumber(100 * share)} %`;
}

/** A duration in the unit that suits it, three significant digits: 7.98 ms, 108 µs. */
export function sayDuration(durationS: number): string {
  if (durationS >= 1) return `${sayNumber(durationS)} s`;
  return durationS >= 1e-3 ? `${sayNumber(durationS * 1e3)} ms` : `${sayNumber(durationS * 1e6)} µs`;
}

/**
 * Half of the last digit of a number as it is printed. `coarse`: whole numbers may have been rounded to two digits where
 * they end in zeros, as Locust does with percentiles (100 to 5, 4000 to 50).
 */
export function halfStep(printed: string, { coarse }: { coarse: boolean }): number {
  const [, whole = "", decimals = ""] = printed.match(/(\d[\d,]*)(?:\.(\d+))?\D*$/) ?? [];
  if (decimals !== "") return 0.5 * 10 ** -decimals.length;
  if (!coarse) return 0;
  const digits = whole.replaceAll(",", "");
  const zeros = digits.length - digits.replace(/0+$/, "").length;
  return 0.5 * 10 ** Math.max(0, Math.min(zeros, digits.length - 2));
}

/** A size as posts say it, in powers of 1024 where it is a whole number of them: 16 B, 512 KB, 4 MB. */
export function saySize(sizeBytes: number): string {
  const unit = [
    { name: "MB", bytes: 1024 ** 2 },
    { name: "KB", bytes: 1024 },
  ].find(({ bytes }) => sizeBytes >= bytes && sizeBytes % bytes === 0);
  return unit === undefined
    ? `${sizeBytes.toLocaleString("en-US")} B`
    : `${sizeBytes / unit.bytes} ${unit.name}`;
}

const rough = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });

/** A number that was interpolated, to two digits. */
export function sayAbout(value: number): string {
  return rough.format(value);
}
