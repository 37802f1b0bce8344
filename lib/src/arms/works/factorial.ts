import { mathService } from "@wirelab/servers/dist/contracts.js";
import type { Workload, WorkSizes } from "../workload.js";

/** What a server says of a number. */
export interface Factorial {
  /** `number! mod 100000007`. */
  readonly result: number;
  /** The server's own time for it, in seconds. */
  readonly time_taken: number;
}

/** As far as the contract's servers go. */
export const factorialSizes = {
  of: "the number",
  least: 0,
  most: 200_000,
  usual: 10_000,
} satisfies WorkSizes;

/** Asks for the remainder of a factorial: post 004's work, most of a call's time at its number of 10000. */
export function factorialWorkload(number = factorialSizes.usual): Workload<number, Factorial> {
  const right = remainder(number);
  return {
    name: "factorial",
    first: number,
    next: () => number,
    isRight: (_, { result }) => result === right,
    say: ({ result }) => String(result),
    serverMs: ({ time_taken }) => time_taken * 1000,
    rest: {
      path: "/factorial/",
      body: { contentType: "application/json", make: (number) => `{"number":${number}}` },
      read: (json) => (isFactorial(json) ? json : null),
    },
    grpc: {
      service: mathService,
      unary: "CalculateFactorial",
      message: (_id, number) => ({ number }),
      read: (message) => ({ id: 0, output: message as Factorial }),
    },
  };
}

const modulus = 100_000_007;

/** A remainder at each factor, where servers take one of the whole: another way to the same result, and 50 times shorter. */
function remainder(number: number): number {
  let product = 1;
  // Both factors are below 2^27, so their product is exact.
  for (let factor = 2; factor <= number; factor++) product = (product * factor) % modulus;
  return product;
}

function isFactorial(json: unknown): json is Factorial {
  const { result, time_taken } = (json ?? {}) as Record<string, unknown>;
  return typeof result === "number" && typeof time_taken === "number";
}
