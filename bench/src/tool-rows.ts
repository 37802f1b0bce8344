import { type AgainstTool, againstTool, type Tool } from "./against-tool.js";
import { ghz } from "./ghz.js";
import type { RunRow } from "./row.js";
import { wrk } from "./wrk.js";

/** How many callers `wirelab bench` has unless told otherwise. */
const callers = 10;

const row =
  (tool: Tool, against: AgainstTool): RunRow =>
  (bench) =>
    againstTool(tool, against, bench);

export const wrkRow = row(wrk, {
  what: "lab REST arm ÷ `wrk -c1` median on the same server",
  callers: 1,
  metric: "medianMs",
  bound: { most: 1.25 },
});

export const ghzRow = row(ghz, {
  what: "lab gRPC arm ÷ `ghz -c1` median on the same server",
  callers: 1,
  metric: "medianMs",
  bound: { most: 1.6 },
});

export const wrkRateRow = row(wrk, {
  what: `bench client ÷ \`wrk -c${callers}\` requests per second`,
  callers,
  metric: "callsPerSecond",
  bound: { least: 0.9 },
});

export const ghzRateRow = row(ghz, {
  what: `bench client ÷ \`ghz -c${callers}\` calls per second`,
  callers,
  metric: "callsPerSecond",
  bound: { least: 0.4 },
});
