import { findWorkload } from "../../arms/registry.js";
import { describeImage, type InputFile, readInput } from "../../arms/works/input-file.js";
import { WirelabError } from "../../errors.js";
import { measure } from "../../experiment/measure.js";
import type { Progress } from "../../experiment/progress.js";
import type { Endpoints } from "../../hosts/host.js";
import { type BenchLoad, planBench } from "./plan.js";
import { type Probe, probeArm } from "./probe.js";
import { recordOf, serversDigest } from "./record.js";
import { type BenchResults, resultsOf } from "./results.js";

/** What is asked of which server. */
export interface BenchOptions extends BenchLoad {
  /** Any servers that keep the contract. */
  readonly endpoints: Endpoints;
  /** Default: `classify` when an image is given, else `increment`. */
  readonly work?: string;
  /** Path of an image that the work sends in place of its own. */
  readonly image?: string;
  /** Default 5000. */
  readonly timeoutMs?: number;
  /** Default: a random one, stored in the run. */
  readonly seed?: number;
  readonly runsFolder?: string;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Measures servers that run already: every arm at every concurrency in rounds that take turns. An arm that does not
 * answer is left out and its reason kept. Throws `usage` for what cannot be asked, `server-failed` when no arm answers,
 * when the answers of two arms differ, or when the run ended early, and `interrupted`; the last two name the run folder.
 *
 * @example
 * const endpoints = { restUrl: "http://127.0.0.1:5000", grpcAddress: "127.0.0.1:50051" };
 * await bench({ endpoints, arms: ["rest", "grpc"], requests: 1000, concurrency: [10] });
 */
export async function bench(options: BenchOptions): Promise<BenchResults> {
  const { endpoints, image, timeoutMs = 5000, seed, runsFolder, onProgress, signal } = options;
  const { arms, requests, concurrency } = options;
  planBench(options);
  const file = image === undefined ? null : describeImage(image);
  const work = options.work ?? (file === null ? "increment" : "classify");
  const workload = findWorkload(work, { input: file && readInput(file) });
  const probes = await Promise.all(arms.map((arm) => probeArm(arm, { workload, endpoints, timeoutMs })));
  const answer = commonAnswer(probes);
  const found = probes.filter(({ ok }) => ok).map(({ arm }) => arm);
  const input: InputFile | null = file && { ...file, answer };
  const run = await measure({
    name: `bench-${work}`,
    work,
    ...(input !== null && { input }),
    ...planBench({ arms: found, requests, concurrency }),
    host: "remote",
    remote: endpoints,
    timeoutMs,
    ...(seed !== undefined && { seed }),
    ...(runsFolder !== undefined && { runsFolder }),
    ...(onProgress !== undefined && { onProgress }),
    ...(signal !== undefined && { signal }),
  });
  const missing = probes.flatMap((probe) => (probe.ok ? [] : [{ arm: probe.arm, reason: probe.reason }]));
  return resultsOf([
    await recordOf(run, { servers: serversDigest(endpoints), requests, concurrency, missing }),
  ]);
}

/** What all arms that answered have said; different answers are different work, which nobody should compare. */
function commonAnswer(probes: readonly Probe[]): string {
  const answers = probes.flatMap((probe) => (probe.ok ? [probe] : []));
  const [first] = answers;
  if (first === undefined) {
    const reasons = [...new Set(probes.map((probe) => (probe.ok ? "" : probe.reason)))];
    throw new WirelabError("server-failed", `Nothing can be measured. ${reasons.join(" ")}`);
  }
  const other = answers.find(({ answer }) => answer !== first.answer);
  if (other === undefined) return first.answer;
  throw new WirelabError(
    "server-failed",
    `The arms do not do the same work, so they are not compared: ${first.arm} answered “${first.answer}”, ${other.arm} “${other.answer}”.`,
  );
}
