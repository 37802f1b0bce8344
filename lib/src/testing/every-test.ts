import fc from "fast-check";
import { afterEach, vi } from "vitest";

// Files share a worker, and a clock that one has stopped would stand still in the next.
afterEach(() => {
  vi.useRealTimers();
});

// A property that failed is made smaller without end where it is over real numbers; Vitest cannot stop what never waits.
fc.configureGlobal({ interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true });
