import { WirelabError } from "../errors.js";
import type { ArmChoice } from "../experiment/plan/plan-options.js";
import type { Program } from "../hosts/program.js";

/** One stop on the way from a published ratio: what is new, and both sides of the ratio there. */
export interface RatioStop {
  readonly step: string;
  readonly first: ArmChoice;
  readonly second: ArmChoice;
}

const on = (arm: string, program: Program): ArmChoice => ({ name: `${arm} on ${program}`, arm, program });

const ported: RatioStop = {
  step: "Express and grpc-js in place of the post's servers",
  first: on("rest", "node"),
  second: on("grpc", "node"),
};

/** Of posts 000 and 003, whose clients were Python's own and had a new connection for every REST call. */
const smallCalls = (rest: Program): readonly RatioStop[] => [
  {
    step: "the post's stack here",
    first: on("requests", rest),
    second: on("grpcio", "grpcio"),
  },
  {
    step: "undici and grpc-js in place of Python's clients",
    first: on("rest-new-connection", rest),
    second: on("grpc", "grpcio"),
  },
  { ...ported, first: on("rest-new-connection", "node") },
  { ...ported, step: "REST keeps its connection" },
];

/** Of posts 001 and 004, which loaded their servers by Locust. */
const loads = (rest: Program): readonly RatioStop[] => [
  {
    step: "the post's servers and its Locust users here",
    first: on("locust-http", rest),
    second: on("locust-grpc-blocking", "grpcio"),
  },
  {
    step: "gRPC users of Locust who do not block each other",
    first: on("locust-http", rest),
    second: on("locust-grpc", "grpcio"),
  },
  {
    step: "undici and grpc-js, warmed up, in place of Locust",
    first: on("rest", rest),
    second: on("grpc", "grpcio"),
  },
  ported,
];

const paths: Readonly<Record<string, readonly RatioStop[]>> = {
  "000-add-local": smallCalls("flask"),
  "000-image-local": smallCalls("flask"),
  "001-median-30": loads("starlette"),
  "003-rest-vs-grpc": smallCalls("fastapi"),
  "004-median": loads("fastapi"),
};

/**
 * The changes, one a stop, that lead from what a post ran for a claim to what runs here. Throws `usage` for a claim that has
 * none.
 *
 * @example
 * ratioStops("001-median-30");
 */
export function ratioStops(claim: string): readonly RatioStop[] {
  const stops = paths[claim];
  if (stops !== undefined) return stops;
  const known = Object.keys(paths).join(", ");
  throw new WirelabError(
    "usage",
    `There is no path from the ratio of ${claim}; there are those of ${known}.`,
  );
}
