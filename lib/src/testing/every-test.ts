import fc from "fast-check";
import { afterAll, afterEach, vi } from "vitest";

// Files share a worker: a clock that one has stopped, or an environment that it has changed, would be so in the next.
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => {
  vi.unstubAllEnvs();
});

// A property that failed is made smaller without end where it is over real numbers; Vitest cannot stop what never waits.
fc.configureGlobal({ interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true });
