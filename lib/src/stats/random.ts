import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A stream of random numbers that is the same for the same seed, on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Uniform integer in [0, n); the bias of scaling 32 bits is below n / 2^32. */
  below(n: number): number;
  /** A shuffled copy (Fisher–Yates). */
  shuffled<T>(array: readonly T[]): T[];
}

const TWO_32 = 2 ** 32;

/**
 * Make a seeded random stream: xoroshiro128+ (Blackman & Vigna 2018) of pure-rand.
 *
 * The generator starts from a state that is mostly constant, and neighbouring seeds would start alike; the first
 * draws are thrown away until the state is mixed.
 *
 * @param seed an integer; others throw RangeError
 * @example
 * createRandom(1).shuffled(["rest", "grpc"]);
 */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed)) throw new RangeError(`a seed must be an integer, got ${seed}`);
  const generator = xoroshiro128plus(seed);
  for (let i = 0; i < 64; i++) generator.next();

  const below = (n: number): number => Math.floor(((generator.next() >>> 0) / TWO_32) * n);
  return {
    next: () => ((generator.next() >>> 5) * 2 ** 26 + (generator.next() >>> 6)) / 2 ** 53,
    below,
    shuffled: <T>(array: readonly T[]): T[] => {
      const copy = array.slice();
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const held = copy[i] as T;
        copy[i] = copy[j] as T;
        copy[j] = held;
      }
      return copy;
    },
  };
}
