import { performance } from "node:perf_hooks";

/** A timer of Node is due on a millisecond's edge and up to another late: so long before, naps take over. */
const timerLeadMs = 2.2;
/** The shortest nap; the system wakes us some 60 µs late (Linux' timer slack, 50 µs, and the switch). */
const napMs = 0.05;
/** So long before, only looking again is left: a nap could end too late. */
const lookMs = 0.15;

/** A thing to be done at a time, again and again. */
export interface Ticket {
  /** Sets when `run` is due, in ms of `performance.now()`; Infinity is never. */
  set(atMs: number): void;
  /** Forgets it for good. */
  drop(): void;
}

interface Entry {
  atMs: number;
  readonly run: () => void;
}

/**
 * Runs things on time to about 20 µs, where Node's timers are good for a millisecond or two: they bring it near, and from
 * there it looks at the clock in every turn of the event loop with naps of 50 µs in between, so that sockets are heard
 * meanwhile and the processor is mostly left to others.
 */
export class Pacer {
  readonly #entries = new Set<Entry>();
  readonly #cell = new Int32Array(new SharedArrayBuffer(4));
  #earliest = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #timerEndsBy = Number.POSITIVE_INFINITY;
  #looking = false;

  ticket(run: () => void): Ticket {
    const entry: Entry = { atMs: Number.POSITIVE_INFINITY, run };
    this.#entries.add(entry);
    return {
      set: (atMs) => {
        entry.atMs = atMs;
        if (atMs >= this.#earliest) return;
        this.#earliest = atMs;
        this.#arm();
      },
      drop: () => {
        entry.atMs = Number.POSITIVE_INFINITY;
        this.#entries.delete(entry);
      },
    };
  }

  #arm(): void {
    if (this.#looking || this.#earliest === Number.POSITIVE_INFINITY) return;
    const left = this.#earliest - performance.now();
    if (left <= timerLeadMs + 1) {
      clearTimeout(this.#timer);
      this.#timerEndsBy = Number.POSITIVE_INFINITY;
      this.#looking = true;
      setImmediate(this.#look);
    } else if (this.#earliest < this.#timerEndsBy) {
      clearTimeout(this.#timer);
      this.#timerEndsBy = this.#earliest;
      this.#timer = setTimeout(this.#wake, Math.floor(left - timerLeadMs));
    }
  }

  readonly #wake = (): void => {
    this.#timerEndsBy = Number.POSITIVE_INFINITY;
    this.#arm();
  };

  readonly #look = (): void => {
    this.#looking = false;
    const now = performance.now();
    if (this.#earliest <= now) this.#run(now);
    else if (this.#earliest - now > lookMs) Atomics.wait(this.#cell, 0, 0, napMs);
    this.#arm();
  };

  #run(now: number): void {
    // What runs sets its ticket anew; no arming before all have.
    this.#looking = true;
    let earliest = Number.POSITIVE_INFINITY;
    for (const entry of this.#entries) {
      if (entry.atMs <= now) {
        entry.atMs = Number.POSITIVE_INFINITY;
        entry.run();
      }
    }
    for (const entry of this.#entries) earliest = Math.min(earliest, entry.atMs);
    this.#earliest = earliest;
    this.#looking = false;
  }
}
