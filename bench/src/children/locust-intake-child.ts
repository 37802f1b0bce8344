import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LocustClient } from "wirelab/dist/experiment/locust/locust-client.js";
import { workersElsewhere } from "wirelab/dist/experiment/locust/workers.js";
import { childEnvironment } from "wirelab/dist/hosts/child-environment.js";
import { readProcessUsage } from "wirelab/dist/hosts/process-usage.js";
import { requirePython } from "wirelab/dist/hosts/python/find.js";
import { createRun } from "wirelab/dist/record/run-folder.js";
import { closedLoad } from "wirelab/dist/schedule/load-choice.js";
import { freePort } from "../free-port.js";
import { childRequest, ownPeakMb } from "./child-side.js";
import { memoryRunInfo } from "./memory-run-info.js";

/** What the child takes in, as JSON in its first argument. */
export interface IntakeRequest {
  readonly calls: number;
  /** Where the run folder is made. */
  readonly folder: string;
}

/** How long that took from the first call asked for, and the peak memory of both processes that it went through. */
export interface IntakeReply {
  readonly seconds: number;
  readonly masterMb: number;
  readonly nodeMb: number;
}

const workers = 2;
const script = fileURLToPath(new URL("../../tools/locust_workers.py", import.meta.url));

async function takeIn({ calls, folder }: IntakeRequest): Promise<IntakeReply> {
  const { python } = await requirePython();
  const port = await freePort();
  const onWaiting = () => {
    // Its standard input closes with this process.
    spawn(python, [script, `${port}`, `${workers}`, `${calls}`], {
      detached: true,
      env: childEnvironment(),
      stdio: ["pipe", "ignore", "inherit"],
    });
  };
  const originNs = process.hrtime.bigint().toString();
  const client = new LocustClient({
    python,
    processor: null,
    load: closedLoad({ users: 100, runTimeMs: 600_000 }),
    workers: workersElsewhere(workers, ["locust-http"], { host: "127.0.0.1", port, onWaiting }),
    start: {
      ...{ work: "increment", input: null, size: null, timeoutMs: 5000, failuresInARow: 5, originNs },
      arms: [
        {
          ...{ name: "rest", arm: "locust-http", callers: 1 },
          endpoints: { restUrl: "http://127.0.0.1:1", grpcAddress: null },
        },
      ],
    },
  });
  try {
    const writer = createRun(memoryRunInfo(calls), { runsFolder: folder });
    await client.openUsers({ arm: "rest", users: 100 });
    const began = performance.now();
    let taken = 0;
    await client.run(
      {
        ...{ arm: "rest", pair: 0, block: 0, seed: 1, mostCalls: null, mostFailures: null, beginMs: 0 },
        load: closedLoad({ users: 100, runTimeMs: 600_000 }),
      },
      (part) => {
        writer.append(part);
        taken += part.columns.length;
      },
      new AbortController().signal,
    );
    const seconds = (performance.now() - began) / 1000;
    if (taken !== calls || writer.warnings.length > 0)
      throw new Error(`${taken} of ${calls} calls were taken in`);
    const master = readProcessUsage(masterPid());
    if ("missing" in master) throw new Error(`what the master used is not known: ${master.missing}`);
    const nodeMb = ownPeakMb();
    return { seconds, masterMb: (master.peakBytes ?? Number.NaN) / 1e6, nodeMb };
  } finally {
    await client.stop();
  }
}

/** The client keeps its master to itself where the workers are elsewhere; of the children here it is the one that leads. */
function masterPid(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  const leads = (pid: string) =>
    readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes("--master");
  return Number(children.find(leads) ?? -1);
}

const reply = await takeIn(childRequest<IntakeRequest>());
process.send?.(reply);
