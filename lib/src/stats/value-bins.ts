/** Bins hold about so many values at least, and there are so many of them at most: a bin stays quick to walk through, and what is counted of each small. */
const [fewest, most] = [64, 1024];

/**
 * Some of the values, ascending and each once, that cut all of them into bins of about equal numbers: between two of them, and
 * every one of them by itself, so that however many values are equal, no bin holds many that differ. O(n).
 *
 * @example
 * cutsOf([Float64Array.of(3, 1, 2)], 3); // 1
 */
export function cutsOf(lists: readonly Float64Array[], length: number): Float64Array {
  const cuts = Math.min(most, Math.ceil(length / fewest));
  // The more of them a sample holds, the more alike are the bins.
  const stride = Math.max(1, Math.floor(length / (16 * cuts)));
  const sample = new Float64Array(Math.ceil(length / stride));
  let [at, passed] = [0, 0];
  for (const list of lists) {
    for (; at * stride < passed + list.length; at++) sample[at] = list[at * stride - passed] as number;
    passed += list.length;
  }
  sample.sort();
  const chosen = Array.from({ length: cuts }, (_, cut) => sample[Math.floor((cut * sample.length) / cuts)]);
  return Float64Array.from(new Set(chosen as number[]));
}

/** The bin of a value: 2i + 1 for the value of cut i itself, 2i for what lies between cut i − 1 and it. O(log(cuts)). */
export function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return cuts[low] === value ? 2 * low + 1 : 2 * low;
}
