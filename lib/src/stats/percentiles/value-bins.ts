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
  return binBetween(cuts, value, 0, cuts.length);
}

/**
 * As `binOf`, for millions of values: the upper bits of a double above 0 ascend with it, and tell between which few cuts it is.
 * O(log(cuts that share them)).
 */
export function binFinder(cuts: Float64Array): (value: number) => number {
  const float = new Float64Array(1);
  const words = new Uint32Array(float.buffer);
  const keyOf = (value: number) => {
    float[0] = value;
    // Sign, exponent and 8 bits of the fraction.
    return (words[1] as number) >>> 12;
  };
  const above = cuts.findIndex((cut) => cut > 0);
  if (above < 0) return (value) => binOf(cuts, value);
  const [least, greatest] = [keyOf(cuts[above] as number), keyOf(cuts.at(-1) as number)];
  const firstOf = new Uint16Array(greatest - least + 2).fill(cuts.length);
  for (let cut = cuts.length - 1; cut >= above; cut--) firstOf[keyOf(cuts[cut] as number) - least] = cut;
  for (let key = firstOf.length - 2; key >= 0; key--) {
    if (firstOf[key] === cuts.length) firstOf[key] = firstOf[key + 1] as number;
  }
  return (value) => {
    const key = value > 0 ? keyOf(value) - least : -1;
    if (key < 0 || key > greatest - least) return binOf(cuts, value);
    return binBetween(cuts, value, firstOf[key] as number, firstOf[key + 1] as number);
  };
}

function binBetween(cuts: Float64Array, value: number, from: number, to: number): number {
  const cut = firstNotBelow(cuts, value, from, to);
  return cuts[cut] === value ? 2 * cut + 1 : 2 * cut;
}

/** The first place from `from` on whose value is not below that one; `to` where there is none before it. O(log(to − from)). */
export function firstNotBelow(ascending: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
