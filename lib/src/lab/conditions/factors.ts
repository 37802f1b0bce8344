import { isDeepStrictEqual } from "node:util";
import { WirelabError } from "../../errors.js";
import { saySize } from "../../stats/digits.js";
import { findOtherNode } from "../other-node.js";
import { baseline, type Condition } from "./condition.js";

/** One flip of a factor: what it changes of the baseline. */
export interface Level {
  /** In the name of its run. */
  readonly name: string;
  /** A noun phrase that can follow "with". */
  readonly words: string;
  readonly change: Partial<Condition>;
}

/** One thing that may decide which protocol is faster, and the levels that it is flipped to. */
export interface Factor {
  readonly name: string;
  readonly levels: readonly Level[];
  /** Why a level cannot be set here, a sentence; null where nothing is left out. */
  readonly leftOut: string | null;
}

/** The levels of factors that are numbers or files. */
export interface FactorOptions {
  readonly sizesBytes: readonly number[];
  readonly roundTripsMs: readonly number[];
  readonly callers: readonly number[];
  /** Path of another Node; "" for that of the npm package `node`, where the project has it. */
  readonly otherNode: string;
}

/** All factors, an entry each: a new one is a line here. */
export function factorsOf({
  sizesBytes,
  roundTripsMs,
  callers,
  otherNode,
}: FactorOptions): readonly Factor[] {
  return [
    factor("connection", {
      name: "new-connection",
      words: "a new connection for every REST call",
      change: { rest: "rest-new-connection" },
    }),
    factor("codec", {
      name: "rest-protobuf",
      words: "protobuf messages over REST",
      change: { rest: "rest-protobuf" },
    }),
    factor("client library", {
      name: "grpc-http2",
      words: "a gRPC client of bare HTTP/2",
      change: { grpc: "grpc-http2" },
    }),
    factor("body size", ...sizesBytes.map(sized)),
    factor("round trip", ...roundTripsMs.map(apart)),
    factor("callers", ...callers.map(many)),
    factor("encryption", { name: "tls", words: "TLS", change: { tls: true } }),
    factor("host", {
      name: "worker-thread",
      words: "a server in a thread of the client's process",
      change: { host: "worker" },
    }),
    nodeFactor(otherNode),
  ];
}

function factor(name: string, ...levels: readonly Level[]): Factor {
  return { name, levels: levels.filter(isFlip), leftOut: null };
}

/** Not what the baseline is anyway. */
function isFlip({ change }: Level): boolean {
  return !isDeepStrictEqual({ ...baseline, ...change }, baseline);
}

function sized(sizeBytes: number): Level {
  const size = saySize(sizeBytes);
  return { name: size.replace(" ", "-"), words: `a body of ${size}`, change: { sizeBytes } };
}

function apart(roundTripMs: number): Level {
  if (roundTripMs > 0)
    return { name: `${roundTripMs}-ms`, words: `a round trip of ${roundTripMs} ms`, change: { roundTripMs } };
  throw new WirelabError(
    "usage",
    `The baseline has no link, so a round trip to flip to is above 0 ms, not ${roundTripMs}.`,
  );
}

function many(callers: number): Level {
  return { name: `${callers}-callers`, words: `${callers} callers at once`, change: { callers } };
}

function nodeFactor(path: string): Factor {
  const other = findOtherNode(path);
  if (other.kind === "none") return { name: "Node", levels: [], leftOut: other.why };
  const { version } = other.node;
  const level = {
    name: `node-${version}`,
    words: `Node ${version.slice(1)}`,
    change: { node: other.node.path },
  };
  return factor("Node", level);
}
