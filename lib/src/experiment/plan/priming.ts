/** The block that primes; the one before it holds the first calls, which are a result of their own. */
export const primeBlock = 1;

/** Calls of each arm in the block before it, at most: a result of their own needs the first few, which are the slowest. */
export const firstCalls = 20;

/** Enough at once that neither processor waits for the other, few enough to be an ordinary load. */
export const primeCallers = 16;
