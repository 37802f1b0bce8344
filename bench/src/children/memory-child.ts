import type { Answer, Caller } from "wirelab/dist/arms/arm.js";
import { childRequest, ownPeakMb } from "./child-side.js";

/** What a memory child does, as JSON in its first argument. */
export interface MemoryRequest {
  readonly mode: "bare" | "recorded" | "finished";
  readonly calls: number;
  /** Where the run folder is made. */
  readonly folder: string;
}

/** Peak resident memory of the process, in MB. */
export interface MemoryReply {
  readonly peakMb: number;
}

/** A caller whose answer is there at once: what memory is used is the recording's. */
const caller: Caller<number, number> = {
  async call(input, answer) {
    answer.ok = true;
    answer.output = input + 1;
    answer.status = 200;
    answer.connectionId = 0;
  },
  cancel() {},
};

async function runBare(calls: number): Promise<void> {
  const answer = {} as Answer<number>;
  let value = 0;
  for (let i = 0; i < calls; i++) {
    await caller.call(value, answer);
    value = answer.output ?? Number.NaN;
  }
  if (value !== calls) throw new Error(`a chain of ${calls} ended with ${value}`);
}

// Imported only here: what the lab's own code takes is part of what recording costs.
async function runRecorded({ mode, calls, folder }: MemoryRequest): Promise<void> {
  const { incrementWorkload } = await import("wirelab/dist/arms/works/increment.js");
  const { createRun } = await import("wirelab/dist/record/run-folder.js");
  const { runChain } = await import("wirelab/dist/schedule/chain.js");
  const { memoryRunInfo } = await import("./memory-run-info.js");
  const info = memoryRunInfo(calls);
  const writer = createRun(info, { runsFolder: folder });
  const end = await runChain([caller], incrementWorkload, {
    arm: "rest",
    pair: 0,
    block: 0,
    calls,
    failuresInARow: 5,
    clockOffsetMs: 0,
    onPart: (part) => writer.append(part),
  });
  if (end.status !== "finished" || writer.warnings.length > 0) throw new Error("the run was not recorded");
  if (mode === "finished") await writer.finish({ ...info, status: "finished" });
}

const request = childRequest<MemoryRequest>();
await (request.mode === "bare" ? runBare(request.calls) : runRecorded(request));
const reply: MemoryReply = { peakMb: ownPeakMb() };
process.send?.(reply);
