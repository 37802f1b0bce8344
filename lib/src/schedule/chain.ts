import { type Caller, newAnswer } from "../arms/arm.js";
import type { CallFlow } from "../arms/workload.js";
import { CallRecorder, serverMsOf } from "./call-recorder.js";
import type { ChainOptions, RoundEnd } from "./round.js";

/**
 * So many calls, shared by callers that each make the next when they have the answer to their last, fed with it: a chain
 * for one caller. Resolves when all calls of the round are over; never rejects for a failed call.
 */
export async function runChain<Input, Output>(
  callers: readonly Caller<Input, Output>[],
  workload: CallFlow<Input, Output>,
  options: ChainOptions,
): Promise<RoundEnd> {
  const round = new Round(options);
  const cancelAll = () => {
    for (const caller of callers) caller.cancel("INTERRUPTED");
  };
  options.signal?.addEventListener("abort", cancelAll);
  try {
    await Promise.all(callers.map((caller, number) => round.runCaller(caller, number, workload)));
  } finally {
    options.signal?.removeEventListener("abort", cancelAll);
    round.flush();
  }
  return round.end();
}

/** What the callers of one round share. */
class Round {
  private readonly recorder: CallRecorder;
  private readonly options: ChainOptions;
  private started = 0;

  constructor(options: ChainOptions) {
    this.options = options;
    this.recorder = new CallRecorder(options, { expectedCalls: options.calls });
  }

  async runCaller<Input, Output>(
    caller: Caller<Input, Output>,
    number: number,
    workload: CallFlow<Input, Output>,
  ): Promise<void> {
    const answer = newAnswer<Output>();
    let input = workload.first;
    while (this.goesOn()) {
      const index = this.started++;
      if (this.options.turn !== undefined) await this.options.turn();
      if (this.options.signal?.aborted) return;
      const startedAt = performance.now();
      await caller.call(input, answer);
      const endedAt = performance.now();
      this.recorder.record(
        index,
        number,
        startedAt,
        startedAt,
        endedAt,
        serverMsOf(workload, answer),
        answer,
      );
      // After a failure the chain goes on from the last right answer.
      if (answer.ok) input = workload.next(answer.output as Output);
    }
  }

  flush(): void {
    this.recorder.flush();
  }

  end(): RoundEnd {
    const { signal, failuresInARow, arm } = this.options;
    if (signal?.aborted) return { status: "interrupted" };
    if (this.recorder.failedInARow < failuresInARow) return { status: "finished" };
    return {
      status: "gave-up",
      reason: `${failuresInARow} calls of ${arm} in a row failed, the last with ${this.recorder.lastError}`,
    };
  }

  private goesOn(): boolean {
    return (
      this.started < this.options.calls &&
      this.recorder.failedInARow < this.options.failuresInARow &&
      this.options.signal?.aborted !== true
    );
  }
}
