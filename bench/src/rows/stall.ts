import { closedLoad, openLoad } from "wirelab/dist/schedule/load-choice.js";
import { percentile } from "wirelab/dist/stats/percentiles/percentile.js";
import { measureLoad, withBareServer } from "../calling/measured-load.js";
import type { Bench, BenchRow } from "../row.js";

const most = 1.05;
const stall = { stallMs: 1000, periodMs: 10_000 };
const truthMs = stall.stallMs - 0.01 * stall.periodMs;

/**
 * p99 of an open load against a server that answers nobody for a second in ten, over what it must be: calls are due evenly,
 * so one that is due in a stall waits for the rest of it, whichever part that is.
 */
export async function stallRow(bench: Bench): Promise<BenchRow> {
  const runTimeMs = (bench.smoke ? 1 : 3) * stall.periodMs;
  const { open, closed } = await withBareServer(stall, bench, async (server) => {
    const how = { ...server, primeCalls: 0 };
    bench.onStep(0, 2, "open load");
    const open = await measureLoad("rest", openLoad({ callsPerSecond: 50, runTimeMs, users: 1 }), bench, how);
    bench.onStep(1, 2, "closed load");
    const closed = await measureLoad("rest", closedLoad({ users: 1, thinkMs: 10, runTimeMs }), bench, how);
    return { open, closed };
  });
  const p99 = (values: readonly number[]) => percentile(Float64Array.from(values).sort(), 0.99) / truthMs;
  const fromDue = p99(open.calls.map(({ fromDueMs }) => fromDueMs));
  const fromSent = p99(open.calls.map(({ fromSentMs }) => fromSentMs));
  const waited = p99(closed.calls.map(({ fromSentMs }) => fromSentMs));
  return {
    what: "p99 of an open load from when calls were due ÷ the truth, on a server that stalls for 1 s in 10 s",
    bound: `${(2 - most).toFixed(2)}–${most}`,
    said: `${fromDue.toFixed(3)} of ${truthMs} ms, ${open.calls.length} calls; from when they were sent ${fromSent.toFixed(3)}; by a user who waits for each answer ${waited.toFixed(3)}`,
    holds: fromDue >= 2 - most && fromDue <= most,
  };
}
