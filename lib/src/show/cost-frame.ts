import type { DataFrame } from "danfojs-node";
import type { ArmSummary } from "../analysis/types.js";
import { makeFrame } from "./danfo.js";
import type { Cell } from "./table.js";

/**
 * A row an arm: how many calls it answered, what of a call was the server's work and what was the way there and back, what
 * the server used, connections, sizes. Why a number is missing stands below.
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
    ["callsPerSecond", summary.callsPerSecond],
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

function missing(summaries: readonly ArmSummary[]): readonly string[] {
  return summaries.flatMap(({ arm, server }) =>
    [
      { what: "server CPU", why: server.missing.cpu },
      { what: "server memory", why: server.missing.memory },
    ].flatMap(({ what, why }) => (why === null ? [] : [`No ${what} for ${arm}: ${why}.`])),
  );
}
