interface Entry {
  readonly dueMs: number;
  readonly number: number;
  readonly action: () => void;
}

/** Timers of Node come one or two milliseconds late: this much before something is due, waiting goes on in short slices. */
const sliceFromMs = 2.5;

/** Short enough that sockets are read often, long enough that the processor rests in between. */
const sliceMs = 0.05;

/** A wait comes up to so much late; what is left of it is spent reading sockets and looking at the clock. */
const wakeMs = 0.12;

/**
 * Does things at their time, to within some 0.1 ms where the processor lets it: by timers while there is time, then in
 * short waits, between which sockets are read.
 */
export class Timetable {
  /** How much too late things are done on average, as calibrated: everything is done so much earlier. */
  earlyMs = 0;
  /** A binary heap, the earliest first. */
  private readonly heap: Entry[] = [];
  private numbered = 0;
  private timer: NodeJS.Timeout | null = null;
  private slicing = false;
  private readonly cell = new Int32Array(new SharedArrayBuffer(4));

  at(dueMs: number, action: () => void): void {
    this.push({ dueMs, number: this.numbered++, action });
    if (this.slicing) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.arm();
  }

  private arm(): void {
    const first = this.heap[0];
    if (first === undefined) return;
    const leftMs = first.dueMs - this.earlyMs - performance.now();
    if (leftMs > sliceFromMs) {
      this.timer = setTimeout(() => {
        this.timer = null;
        this.run();
      }, leftMs - sliceFromMs);
      return;
    }
    this.slicing = true;
    setImmediate(() => {
      this.slicing = false;
      const leftNowMs = (this.heap[0]?.dueMs ?? 0) - this.earlyMs - performance.now();
      if (leftNowMs > wakeMs) Atomics.wait(this.cell, 0, 0, Math.min(leftNowMs - wakeMs, sliceMs));
      this.run();
    });
  }

  private run(): void {
    // An action may ask for others; those that are due are done in the same go.
    this.slicing = true;
    for (;;) {
      const first = this.heap[0];
      if (first === undefined || first.dueMs - this.earlyMs > performance.now()) break;
      this.pop();
      first.action();
    }
    this.slicing = false;
    this.arm();
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (isBefore(heap[parent] as Entry, entry)) break;
      heap[i] = heap[parent] as Entry;
      i = parent;
    }
    heap[i] = entry;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child++;
      if (isBefore(last, heap[child] as Entry)) break;
      heap[i] = heap[child] as Entry;
      i = child;
    }
    heap[i] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.number < b.number);
}
