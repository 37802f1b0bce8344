import { type Estimate, isVast, vastFactor } from "../../stats/interval.js";

/** A narrow space that does not break: separates thousands, and a number from its unit. */
const THIN = "\u202f";
const DASH = "\u2013";
const MINUS = "\u2212";

/** An interval without its estimate: all that the interval formatters need. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

interface Unit {
  readonly name: string;
  readonly perMs: number;
}

const NANOSECONDS: Unit = { name: "ns", perMs: 1e6 };
const MICROSECONDS: Unit = { name: "µs", perMs: 1000 };
const MILLISECONDS: Unit = { name: "ms", perMs: 1 };
const SECONDS: Unit = { name: "s", perMs: 0.001 };

/**
 * Writes a whole number with thin separators: `17 165`. Four digits stay together only below 1000.
 * A fraction is rounded; null and NaN are written as a dash.
 */
export function formatCount(count: number | null): string {
  if (count === null || !Number.isFinite(count)) return DASH;
  return groupThousands(String(Math.round(count)));
}

/**
 * Writes a plain number with `digits` significant digits (default 3), never as an exponent: `0.0123`, `1.50`, `17 200`.
 * Null and NaN are written as a dash.
 */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return DASH;
  if (value === 0) return "0";
  const rounded = roundTo(value, digits);
  const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
  return groupThousands(rounded.toFixed(Math.max(0, Math.min(100, digits - 1 - magnitude))));
}

/**
 * Writes a duration given in ms with 3 significant digits in ns, µs, ms or s, whichever suits its size: `124 µs`, `1.49 ms`.
 * Null and NaN are written as a dash.
 */
export function formatDuration(durationMs: number | null): string {
  if (durationMs === null || !Number.isFinite(durationMs)) return DASH;
  return inUnit(durationMs, unitFor(durationMs));
}

/** Writes a duration given in ms as short as it goes, for the ticks of an axis: `100 µs`, `1 ms`, `1.5 s`. */
export function formatTick(durationMs: number): string {
  const unit = unitFor(durationMs);
  return `${Number((durationMs * unit.perMs).toPrecision(3))}${THIN}${unit.name}`;
}

/** Writes an interval of durations given in ms in one unit, chosen by its middle: `120–129 µs`. */
export function formatDurationInterval(interval: Bounds): string {
  const unit = unitFor((interval.low + interval.high) / 2);
  return `${formatNumber(interval.low * unit.perMs)}${DASH}${inUnit(interval.high, unit)}`;
}

/** Writes a difference of durations given in ms with its sign, in a unit that suits its size: `+12.3 µs`, `−4.10 µs`. */
export function formatDifference(differenceMs: number | null): string {
  if (differenceMs === null || !Number.isFinite(differenceMs)) return DASH;
  const unit = unitFor(differenceMs);
  return `${signed(differenceMs, unit)}${THIN}${unit.name}`;
}

/** Writes an interval of such differences in one unit, chosen by its longer end: `−1.20 to +12.3 µs`. */
export function formatDifferenceInterval({ low, high }: Bounds): string {
  const unit = unitFor(Math.max(Math.abs(low), Math.abs(high)));
  return `${signed(low, unit)} to ${signed(high, unit)}${THIN}${unit.name}`;
}

/** Writes a difference with its 99 % interval: `+12.3 µs (99 %: +11.0 to +13.6 µs)`. */
export function formatDifferenceEstimate(estimate: Estimate): string {
  return `${formatDifference(estimate.value)} (99 %: ${formatDifferenceInterval(estimate)})`;
}

/** Writes a ratio with 3 significant digits: `1.48×`; null and NaN are written as a dash. */
export function formatRatio(ratio: number | null): string {
  return ratio === null || !Number.isFinite(ratio) ? DASH : `${formatNumber(ratio)}×`;
}

/** Writes an interval of ratios: `1.45–1.51×`. */
export function formatRatioInterval(interval: Bounds): string {
  return `${formatNumber(interval.low)}${DASH}${formatRatio(interval.high)}`;
}

/** Writes a ratio with its 99 % interval: `1.48× (99 %: 1.45–1.51×)`. */
export function formatRatioEstimate(estimate: Estimate): string {
  return `${formatRatio(estimate.value)} (99 %: ${formatUnlessVast(estimate, formatRatioInterval)})`;
}

/** Writes an interval of plain numbers: `64.1–66.0`. */
export function formatNumberInterval(interval: Bounds): string {
  return `${formatNumber(interval.low)}${DASH}${formatNumber(interval.high)}`;
}

/** Writes an interval by `format`, unless it spans so much that its ends say nothing: `over a factor of 1 000`. */
export function formatUnlessVast<T extends Bounds>(interval: T, format: (interval: T) => string): string {
  return isVast(interval) ? `over a factor of ${formatCount(vastFactor)}` : format(interval);
}

/** Writes a share between 0 and 1 as a percentage with up to 3 significant digits: `0.12 %`, `100 %`. */
export function formatShare(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return DASH;
  return `${Number((share * 100).toPrecision(3))}${THIN}%`;
}

/** Writes a size in bytes in B, kB, MB or GB (powers of 1000) with 3 significant digits above 1 kB: `12 B`, `524 kB`. */
export function formatBytes(sizeBytes: number | null): string {
  if (sizeBytes === null || !Number.isFinite(sizeBytes)) return DASH;
  if (roundTo(sizeBytes, 3) < 1000) return `${Number(sizeBytes.toPrecision(3))}${THIN}B`;
  if (roundTo(sizeBytes, 3) < 1e6) return `${formatNumber(sizeBytes / 1e3)}${THIN}kB`;
  if (roundTo(sizeBytes, 3) >= 1e9) return `${formatNumber(sizeBytes / 1e9)}${THIN}GB`;
  return `${formatNumber(sizeBytes / 1e6)}${THIN}MB`;
}

/** Writes a moment that is given in ISO 8601 and UTC to the minute: `2026-11-22 09:05`. */
export function formatMoment(isoTime: string): string {
  return isoTime.slice(0, 16).replace("T", " ");
}

/** Writes a waiting time in s as people say it: `8 s`, `2 min 5 s`. */
export function formatWait(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}${THIN}s`;
  return `${Math.floor(whole / 60)}${THIN}min ${whole % 60}${THIN}s`;
}

function unitFor(durationMs: number): Unit {
  // Rounded first, so that 999.7 µs becomes 1.00 ms and not 1000 µs.
  const size = Math.abs(roundTo(durationMs, 3));
  if (size < 0.001) return size === 0 ? MICROSECONDS : NANOSECONDS;
  if (size < 1) return MICROSECONDS;
  return size < 1000 ? MILLISECONDS : SECONDS;
}

function signed(differenceMs: number, unit: Unit): string {
  const sign = differenceMs < 0 ? MINUS : differenceMs > 0 ? "+" : "";
  return `${sign}${formatNumber(Math.abs(differenceMs) * unit.perMs)}`;
}

function inUnit(durationMs: number, unit: Unit): string {
  return `${formatNumber(durationMs * unit.perMs)}${THIN}${unit.name}`;
}

function roundTo(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

function groupThousands(digits: string): string {
  const [whole = "", fraction] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
