import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { newAnswer } from "wirelab/dist/arms/arm.js";
import { RoundSums } from "wirelab/dist/experiment/rounds.js";
import { FrameReader } from "wirelab/dist/record/log/frame.js";
import { decodeRoundPart, encodeRoundPart } from "wirelab/dist/record/log/round-part.js";
import { createRun } from "wirelab/dist/record/run-folder.js";
import { CallRecorder } from "wirelab/dist/schedule/call-recorder.js";
import { childRequest } from "./child-side.js";
import { memoryRunInfo } from "./memory-run-info.js";

/** So many minutes of calls. */
export interface HourRequest {
  readonly minutes: number;
  readonly callsPerSecond: number;
  /** Where the run folder is made. */
  readonly folder: string;
}

/** Resident memory after each minute of calls, in MB. */
export interface HourReply {
  readonly megabytes: readonly number[];
}

// Otherwise what had not been collected yet would be taken for what is kept.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What the client and the process that drives it do with every call, in one process. */
function main({ minutes, callsPerSecond, folder }: HourRequest): HourReply {
  const calls = minutes * 60 * callsPerSecond;
  const writer = createRun(memoryRunInfo(calls), { runsFolder: folder });
  const pipe = new FrameReader();
  const sums = new RoundSums();
  const recorder = new CallRecorder(
    {
      ...{ arm: "rest", pair: 0, block: 0, clockOffsetMs: 0 },
      onPart: (sent) => {
        for (const result of pipe.push(encodeRoundPart(sent))) {
          const decoded = result.kind === "frame" ? decodeRoundPart(result.frame) : result;
          if (decoded.kind === "damaged") throw new Error(decoded.reason);
          sums.add(decoded.part);
          writer.append(decoded.part);
        }
      },
    },
    { expectedCalls: 4096 },
  );
  const answer = { ...newAnswer<unknown>(), ok: true, status: 200 };
  const callsAFlush = callsPerSecond / 4;
  const megabytes: number[] = [];
  for (let index = 0; index < calls; index++) {
    const endedAt = performance.now();
    const startedAt = endedAt - 1 - (index % 7);
    recorder.record(index, index % 100, startedAt, startedAt, endedAt, Number.NaN, answer);
    if ((index + 1) % callsAFlush === 0) recorder.flush();
    if ((index + 1) % (60 * callsPerSecond) !== 0) continue;
    collect();
    megabytes.push(process.memoryUsage.rss() / 1e6);
  }
  if (sums.summary({ arm: "rest", pair: 0, block: 0 }, null).calls !== calls || writer.warnings.length > 0) {
    throw new Error("not all calls were recorded");
  }
  return { megabytes };
}

process.send?.(main(childRequest<HourRequest>()));
