import { worksOfPosts } from "../hosts/program.js";
import type { ForeignArm } from "./arm.js";
import type { AnyWorkload } from "./workload.js";

const fits = ({ name }: AnyWorkload) => worksOfPosts[name] !== undefined;
const uncounted = { connectionId: "Python's clients do not tell which connection they use" };
const noFirstByte = { firstByteMs: "Python's clients hand an answer over when all of it has arrived" };

/** The work as a plain function of Python. */
export const pythonFunctionArm: ForeignArm = {
  name: "python-function",
  language: "python",
  packages: [],
  beneath: [],
  protocol: "none",
  client: "a plain function of Python, timed in batches of 10000 calls",
  notMeasured: {
    firstByteMs: "a function call has no bytes",
    connectionId: "a function call has no connection",
    status: "a function call has no status",
  },
  // The only one whose function the posts timed.
  fits: ({ name }) => name === "increment",
  path: null,
};

/** REST by `requests.post`, which opens a connection for every call. */
export const requestsArm = restArm({
  name: "requests",
  packages: ["requests"],
  beneath: ["urllib3"],
  client: "requests.post, a new connection for every call",
  newConnection: true,
});

/** The same, but of a name that is looked up for every call; its addresses are tried one after another. */
export const requestsLocalhostArm = restArm({
  name: "requests-localhost",
  packages: ["requests"],
  beneath: ["urllib3"],
  client: "requests.post to localhost by its name, a new connection for every call",
  newConnection: true,
});

/** REST by a `requests.Session`. */
export const requestsSessionArm = restArm({
  name: "requests-session",
  packages: ["requests"],
  beneath: ["urllib3"],
  client: "requests.Session, one kept-alive connection",
  newConnection: false,
});

/** REST by an `httpx.Client`. */
export const httpxArm = restArm({
  name: "httpx",
  packages: ["httpx"],
  beneath: ["httpcore", "h11"],
  client: "httpx.Client, one kept-alive connection",
  newConnection: false,
});

/** gRPC unary calls by grpcio. */
export const grpcioArm: ForeignArm = {
  name: "grpcio",
  language: "python",
  packages: ["grpcio"],
  beneath: ["protobuf"],
  protocol: "grpc",
  client: "grpcio, unary calls on one channel",
  notMeasured: { ...noFirstByte, ...uncounted },
  fits,
  // gRPC's own core sets its windows by what it sees of the path, so no formula of ours says them.
  path: null,
};

/** A two-way stream of grpcio, each message sent when the answer to the last is there. */
export const grpcioStreamArm: ForeignArm = {
  ...grpcioArm,
  name: "grpcio-stream",
  dialect: "grpc-stream",
  client: "grpcio, one two-way stream",
  notMeasured: { ...grpcioArm.notMeasured, status: "a stream has no status for each message" },
  fits: (workload) => fits(workload) && workload.grpc.stream !== undefined,
};

function restArm({
  newConnection,
  ...facts
}: Pick<ForeignArm, "name" | "packages" | "beneath" | "client"> & {
  readonly newConnection: boolean;
}): ForeignArm {
  return {
    ...facts,
    language: "python",
    protocol: "rest",
    notMeasured: { ...noFirstByte, ...uncounted },
    fits,
    path: { newConnection, windowBytes: null },
  };
}
