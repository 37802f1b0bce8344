import { type AgainstTool, againstTool } from "../peers/against-tool.js";
import { ghz, ghzOfTenConnections } from "../peers/ghz.js";
import { k6Grpc, k6Rest } from "../peers/k6.js";
import { locust } from "../peers/locust.js";
import type { Tool, ToolSaid } from "../peers/tool.js";
import { cpu, median, rate } from "../peers/tool-metrics.js";
import { wrk } from "../peers/wrk.js";
import type { RunRow } from "../row.js";

/** How many callers `wirelab bench` has unless told otherwise. */
const callers = 10;
/** As many as a load usually has, each with its connection where the protocol needs one. */
const many = 100;

const row =
  <Said extends ToolSaid>(tool: Tool<Said>, against: AgainstTool<Said>): RunRow =>
  (bench) =>
    againstTool(tool, against, bench);

export const wrkRow = row(wrk, {
  what: "lab REST arm ÷ `wrk -c1` median on the same server",
  callers: 1,
  metric: median,
  bound: { most: 1.25 },
});

export const ghzRow = row(ghz, {
  what: "lab gRPC arm ÷ `ghz -c1` median on the same server",
  callers: 1,
  metric: median,
  bound: { most: 1.6 },
});

export const wrkRateRow = row(wrk, {
  what: `bench client ÷ \`wrk -c${callers}\` requests per second`,
  callers,
  metric: rate,
  bound: { least: 0.9 },
});

export const ghzRateRow = row(ghz, {
  what: `bench client ÷ \`ghz -c${callers}\` calls per second`,
  callers,
  metric: rate,
  bound: { least: 0.4 },
});

export const wrkManyRateRow = row(wrk, {
  what: `lab REST arm, ${many} callers ÷ \`wrk -c${many}\` requests per second`,
  callers: many,
  metric: rate,
  bound: { least: 0.95 },
});

export const ghzManyRateRow = row(ghzOfTenConnections, {
  what: `lab arm grpc-http2, ${many} callers ÷ \`ghz -c ${many} --connections 10\` calls per second`,
  callers: many,
  metric: rate,
  bound: { least: 0.65 },
});

export const wrkCpuRow = row(wrk, {
  what: `lab REST arm, ${many} callers ÷ \`wrk -c${many}\` processor time of the client for a request`,
  callers: many,
  metric: cpu,
  bound: { most: 2.5 },
});

export const ghzCpuRow = row(ghzOfTenConnections, {
  what: `lab arm grpc-http2, ${many} callers ÷ \`ghz -c ${many} --connections 10\` processor time of the client for a call`,
  callers: many,
  metric: cpu,
  bound: { most: 2.0 },
});

export const k6RestCpuRow = row(k6Rest, {
  what: `lab REST arm, ${many} callers ÷ k6 with ${many} users, processor time of the client for a request`,
  callers: many,
  metric: cpu,
  bound: { most: 0.6 },
});

export const k6GrpcCpuRow = row(k6Grpc, {
  what: `lab arm grpc-http2, ${many} callers ÷ k6 with ${many} users, processor time of the client for a call`,
  callers: many,
  metric: cpu,
  bound: { most: 0.75 },
});

export const locustCpuRow = row(locust, {
  what: `lab REST arm, ${many} callers ÷ Locust with ${many} FastHttpUsers, processor time of the client for a request`,
  callers: many,
  metric: cpu,
  bound: { most: 0.5 },
});
