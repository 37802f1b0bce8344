import type { DataFrame } from "danfojs-node";
import type { ArmSummary } from "../../analysis/types.js";
import type { Cell } from "../tables/table.js";
import { makeFrame } from "./frame.js";

/**
 * A row an arm: the rate of its best round, what of a call was the server's work and what was not, what the server used,
 * connections, sizes. Why a number is missing stands below.
 *
 * @example
 * costFrame(summaries).loc({ columns: ["arm", "cpuMsPerCall"] })
 */
export function costFrame(summaries: readonly ArmSummary[]): DataFrame {
  const rows = summaries.map(costColumns);
  const columns = rows[0]?.map(([name]) => name) ?? ["arm"];
  return makeFrame(
    columns,
    rows.map((row) => row.map(([, value]) => value)),
    { caption: "What each arm answered and used, medians of times", notes: missing(summaries) },
  );
}

function costColumns({ server, serverTime, ...summary }: ArmSummary): readonly (readonly [string, Cell])[] {
  return [
    ["arm", summary.arm],
    ["peakCallsPerSecond", summary.peakCallsPerSecond],
    ["inServerMs", serverTime?.inServerMs ?? null],
    ["overheadMs", serverTime?.overheadMs ?? null],
    ["cpuMsPerCall", server.cpuMsPerCall],
    ["memoryPeakBytes", server.memory?.peakBytes ?? null],
    ["memoryGrownBytesPerCall", server.memory?.grownBytesPerCall ?? null],
    ["connections", summary.connections],
    ["bytesSentPerCall", summary.bytesSentPerCall],
    ["bytesReceivedPerCall", summary.bytesReceivedPerCall],
  ];
}

const missingWords = { cpu: "server CPU", memory: "server memory" } as const;

/** A line a reason, however many arms have it. */
function missing(summaries: readonly ArmSummary[]): readonly string[] {
  return (["cpu", "memory"] as const).flatMap((what) => {
    const reasons = new Set(summaries.map(({ server }) => server.missing[what]));
    return [...reasons].flatMap((why) => {
      const arms = summaries.filter(({ server }) => server.missing[what] === why).map(({ arm }) => arm);
      return why === null ? [] : [`No ${missingWords[what]} for ${arms.join(", ")}: ${why}.`];
    });
  });
}
