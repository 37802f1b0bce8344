import type { ClaimMetric } from "../types.js";

const arms: Readonly<Record<string, string>> = {
  function: "the function call",
  rest: "REST",
  "rest-new-connection": "REST with a new connection for every call",
  "rest-no-framework": "REST without a framework",
  "rest-2-workers": "REST with two workers",
  "rest-base64": "REST with base64 in JSON",
  "rest-multipart": "REST with a form",
  "rest-protobuf": "REST with protobuf messages",
  grpc: "gRPC",
  "grpc-own-connection": "gRPC with a connection for every caller",
  "grpc-http2": "gRPC by bare HTTP/2",
  "grpc-chunks": "gRPC in chunks",
  "grpc-stream": "the gRPC stream",
};

const connections: Readonly<Record<string, string>> = {
  rest: "REST keeps its connection",
  "rest-new-connection": "REST opens a new connection for every call",
};

/** How a sentence names an arm; an arm that it does not know keeps its own name. */
export function sayArm(arm: string): string {
  return arms[arm] ?? arm;
}

/** What an arm does that its alternative does not, as a clause that can follow "when". */
export function sayDifference(arm: string): string {
  return connections[arm] ?? `the arm is ${arm}`;
}

/** How a sentence compares two arms by a metric: `verb` R `as` second, or without a number `verb` `more` second. */
export interface ComparingWords {
  readonly verb: string;
  /** After "R times". */
  readonly as: string;
  readonly more: string;
  readonly less: string;
  readonly same: string;
  /** The statistic, where the verb does not say it. */
  readonly by: string | null;
}

function time(by: string): ComparingWords {
  return {
    verb: "took",
    as: "as long as",
    more: "longer than",
    less: "less time than",
    same: "about as long as",
    by,
  };
}

const comparing: Readonly<Record<ClaimMetric, ComparingWords>> = {
  mean: time("mean"),
  median: time("median"),
  p90: time("90th percentile"),
  p95: time("95th percentile"),
  p99: time("99th percentile"),
  min: time("shortest call"),
  max: time("longest call"),
  total: time("total"),
  elapsed: time("from first start to last end"),
  count: amount(
    "finished",
    "as many calls as",
    "more calls than",
    "fewer calls than",
    "about as many calls as",
  ),
  rate: amount("reached", "the rate of", "a higher rate than", "a lower rate than", "about the same rate as"),
  spread: amount(
    "had",
    "the spread of",
    "a wider spread than",
    "a narrower spread than",
    "about the same spread as",
  ),
  cpu: amount(
    "used",
    "the CPU time of",
    "more CPU time than",
    "less CPU time than",
    "about the same CPU time as",
  ),
  memory: amount("used", "the memory of", "more memory than", "less memory than", "about as much memory as"),
  bytes: amount("sent", "as many bytes as", "more bytes than", "fewer bytes than", "about as many bytes as"),
};

function amount(verb: string, as: string, more: string, less: string, same: string): ComparingWords {
  return { verb, as, more, less, same, by: null };
}

/** The words that go with a metric. */
export function wordsFor(metric: ClaimMetric): ComparingWords {
  return comparing[metric];
}
