import type { Matching } from "../workload.js";

/** Why a call on a stream has no answer. */
export class StreamCallError extends Error {
  override readonly name = "StreamCallError";
  /** `TIMEOUT`, `CANCELLED`, or the gRPC status name that the stream ended with. */
  readonly code: string;
  /** gRPC status code of the stream; -1 when the stream goes on. */
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The two-way stream that calls are matched on; grpc-js's duplex stream is one. */
export interface MessageStream {
  write(message: object): unknown;
  end(): unknown;
  cancel(): unknown;
}

interface Outstanding<Output> {
  readonly deadline: number;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: StreamCallError) => void;
}

/**
 * Requests and answers on one stream, many outstanding at a time. Each call has its own deadline, and when the stream ends
 * every outstanding call is rejected with the cause. The layer that post 003 found missing.
 *
 * Matched by id, answers may come in any order, and a call past its deadline is given up alone. Matched by order, nobody
 * can tell whether its answer is late or will never come, and in the second case every later answer would go to the wrong
 * call: so the first call past its deadline ends the stream, and all others with it.
 *
 * @example
 * const stream = new MatchedStream<number>(duplex, "id");
 * duplex.on("data", ({ id, value }) => stream.answered(id, value));
 * duplex.on("error", (error) => stream.ended("UNAVAILABLE", 14, error.message));
 * const sum = await stream.call((id) => ({ id, value: 41 }), { timeoutMs: 1000 });
 */
export class MatchedStream<Output> {
  /** Answers that nobody waits for: late, repeated, or to what was never sent. */
  unmatched = 0;
  private nextId = 1;
  private readonly outstanding = new Map<number, Outstanding<Output>>();
  private cause: StreamCallError | null = null;
  private sweep: NodeJS.Timeout | null = null;
  private sweepAt = Number.POSITIVE_INFINITY;
  private readonly stream: MessageStream;
  private readonly matching: Matching;

  constructor(stream: MessageStream, matching: Matching) {
    this.stream = stream;
    this.matching = matching;
  }

  /** Whether the stream takes no more calls. */
  get over(): boolean {
    return this.cause !== null;
  }

  /** How many calls wait for an answer. */
  get outstandingCalls(): number {
    return this.outstanding.size;
  }

  /** Sends what `message(id)` makes and resolves with its answer; rejects with a `StreamCallError`. */
  call(message: (id: number) => object, { timeoutMs }: { timeoutMs: number }): Promise<Output> {
    if (this.cause !== null) return Promise.reject(this.cause);
    const id = this.takeId();
    const deadline = performance.now() + timeoutMs;
    return new Promise((resolve, reject) => {
      this.outstanding.set(id, { deadline, resolve, reject });
      this.sweepNoLaterThan(deadline);
      this.stream.write(message(id));
    });
  }

  /** To be told of each answer that arrives; matched by order, its `id` means nothing. */
  answered(id: number, output: Output): void {
    const key = this.matching === "id" ? id : this.oldest();
    const waiting = key === undefined ? undefined : this.outstanding.get(key);
    if (key === undefined || waiting === undefined) {
      this.unmatched++;
      return;
    }
    this.outstanding.delete(key);
    waiting.resolve(output);
  }

  /** To be told when the stream ends, for whatever reason: rejects all outstanding calls, and all later ones. */
  ended(code: string, status: number, reason: string): void {
    this.cause ??= new StreamCallError(code, status, `The stream ended: ${reason}`);
    if (this.sweep !== null) clearTimeout(this.sweep);
    for (const waiting of this.outstanding.values()) waiting.reject(this.cause);
    this.outstanding.clear();
  }

  // A map keeps the order in which calls were made.
  private oldest(): number | undefined {
    return this.outstanding.keys().next().value;
  }

  // Ids are int32 on the wire; after 2^31 calls the first are long answered.
  private takeId(): number {
    const id = this.nextId;
    this.nextId = id === 0x7fffffff ? 1 : id + 1;
    return id;
  }

  // One timer for all deadlines, armed for the earliest: a timer a call would cost more than the call's own work.
  private sweepNoLaterThan(deadline: number): void {
    if (this.sweepAt <= deadline) return;
    if (this.sweep !== null) clearTimeout(this.sweep);
    this.sweepAt = deadline;
    this.sweep = setTimeout(() => this.rejectLate(), Math.max(0, deadline - performance.now()) + 1);
    this.sweep.unref();
  }

  private rejectLate(): void {
    const now = performance.now();
    this.sweep = null;
    this.sweepAt = Number.POSITIVE_INFINITY;
    let earliest = Number.POSITIVE_INFINITY;
    let late = 0;
    for (const [id, waiting] of this.outstanding) {
      if (waiting.deadline <= now) {
        late++;
        this.outstanding.delete(id);
        waiting.reject(new StreamCallError("TIMEOUT", -1, `Call ${id} had no answer by its deadline`));
      } else if (waiting.deadline < earliest) {
        earliest = waiting.deadline;
      }
    }
    if (late > 0 && this.matching === "order") {
      this.ended(
        "STREAM_ENDED",
        -1,
        "a call had no answer by its deadline, and answers are matched by order",
      );
      this.stream.cancel();
    } else if (earliest !== Number.POSITIVE_INFINITY) this.sweepNoLaterThan(earliest);
  }
}
