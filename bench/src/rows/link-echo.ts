import { startLink } from "wirelab/dist/hosts/link/start.js";
import { rangeOf, rangeText } from "../range.js";
import { repeat } from "../repeat.js";
import type { Bench, BenchRow } from "../row.js";

const mostMs = 0.15;

/** How much longer an echo takes through a link that delays nothing, by the median; pings past it and through it take turns. */
export async function linkEchoRow(bench: Bench): Promise<BenchRow> {
  const count = bench.smoke ? 1 : 15;
  const { results, cut } = await repeat(bench, {
    count,
    phase: (done) => `link ${done.length + 1} of ${count}`,
    once: echoOnce,
  });
  const added = rangeOf(results.map(({ addedIdleMs }) => addedIdleMs));
  const direct = rangeOf(results.map(({ directMs }) => directMs));
  return {
    what: "median echo through an idle link − past it",
    bound: `≤ ${mostMs} ms`,
    said: `${rangeText(added, "ms", 3)}; past it ${rangeText(direct, "ms", 3)}; ${results.length} fresh links`,
    holds: cut ? null : added.median <= mostMs,
  };
}

async function echoOnce() {
  // Only the link's own echo is asked: nothing has to listen at the targets.
  const targets = { restUrl: "http://127.0.0.1:1", grpcAddress: "127.0.0.1:1" };
  const link = await startLink({ targets, roundTripMs: 0 });
  await link.stop();
  return link.calibration;
}
