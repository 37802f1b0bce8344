import { predict } from "wirelab/dist/analysis/layers/predict.js";
import { summarise } from "wirelab/dist/analysis/summarise.js";
import { measure } from "wirelab/dist/experiment/measure.js";
import { linkParameters } from "wirelab/dist/experiment/plan/link-choice.js";
import { createRandom } from "wirelab/dist/stats/random.js";
import { rangeOf, rangeText } from "../range.js";
import type { Bench, BenchRow } from "../row.js";

const tolerance = 0.15;
const works = [
  { work: "add", arms: ["rest-new-connection", "rest", "grpc"] },
  {
    work: "image",
    arms: ["rest-new-connection", "rest", "rest-base64", "rest-multipart", "grpc", "grpc-chunks"],
  },
] as const;

/** Round trips used nowhere else, spread evenly on the log scale from 2 to 60 ms. */
function settings(count: number): number[] {
  const random = createRandom(20);
  return Array.from({ length: count }, () => 2 * 30 ** random.next());
}

/** Whether what is said of each arm before measuring, at settings drawn from a seed, is what is measured then. */
export async function predictionRow(bench: Bench): Promise<BenchRow> {
  const roundTrips = settings(bench.smoke ? 1 : 3);
  const said: { name: string; ratio: number }[] = [];
  for (const [step, roundTripMs] of roundTrips.entries()) {
    bench.onStep(step, roundTrips.length, `round trip of ${roundTripMs.toFixed(1)} ms`);
    for (const each of works) said.push(...(await ratiosAt(roundTripMs, each, bench)));
  }
  const near = said.filter(({ ratio }) => Math.abs(ratio - 1) <= tolerance);
  const off = said
    .filter((one) => !near.includes(one))
    .map(({ name, ratio }) => `${name} ${ratio.toFixed(2)}`);
  const where = roundTrips.map((ms) => ms.toFixed(1)).join(", ");
  return {
    what: `measured median ÷ predicted over a link, every arm of add and image, at ${where} ms`,
    bound: "0.85–1.15 each",
    said: `${near.length} of ${said.length}; ${rangeText(rangeOf(said.map(({ ratio }) => ratio)), "", 2)}${off.length === 0 ? "" : `; off: ${off.join(", ")}`}`,
    holds: off.length === 0,
  };
}

async function ratiosAt(roundTripMs: number, { work, arms }: (typeof works)[number], bench: Bench) {
  const { folder: runsFolder, signal, smoke } = bench;
  // As warm over the link as without; photos are not primed, since many at once would share one window of HTTP/2.
  const warming = { warmupBlocks: 3, primeCalls: work === "add" ? 60 : 0 };
  const common = { work, arms, runsFolder, signal, pairs: smoke ? 1 : 2, blocks: 3, ...warming };
  const calls = smoke ? 6 : 48;
  // Right before the link, so that both find the machine in the same hour, and as often asleep.
  const own = await measure({ ...common, calls, link: { roundTripMs: 0 }, pauseMs: roundTripMs });
  const predictions = await predict(own, linkParameters({ roundTripMs }));
  const far = await measure({
    ...common,
    calls: work === "add" ? calls : 24,
    link: { roundTripMs },
    predictions,
  });
  const summaries = await summarise(far);
  return predictions.flatMap(({ arm, linkMs, ownMs }) => {
    const medianMs = summaries.find((summary) => summary.arm === arm)?.medianMs ?? Number.NaN;
    return [
      { name: `${work} by ${arm} at ${roundTripMs.toFixed(1)} ms`, ratio: medianMs / (linkMs + ownMs) },
    ];
  });
}
