/** Enough for a median or a 99th percentile to three digits. */
const mostKept = 65_536;

/**
 * Every value of a series, or when there are many every second, every fourth …, so that it stays bounded. O(1) a value on
 * average.
 *
 * @example
 * const sample = new ThinnedSample();
 * sample.add(1.5);
 * sample.values; // [1.5]
 */
export class ThinnedSample {
  values: number[] = [];
  private stride = 1;
  private seen = 0;

  add(value: number): void {
    if (this.seen++ % this.stride !== 0) return;
    this.values.push(value);
    if (this.values.length < mostKept) return;
    this.values = this.values.filter((_, i) => i % 2 === 0);
    this.stride *= 2;
  }
}
