import type { ForeignArm } from "./arm.js";
import type { AnyWorkload } from "./workload.js";

/** Works that the posts loaded by Locust. */
export const locustWorks: ReadonlySet<string> = new Set(["increment", "payload", "factorial"]);

const common = {
  language: "locust",
  notMeasured: {
    firstByteMs: "Locust tells of a request when it is over",
    connectionId: "Locust does not tell which connection a user has",
  },
  fits: ({ name }: AnyWorkload) => locustWorks.has(name),
  path: null,
} as const;

/** REST by Locust's `HttpUser`, a connection a user. */
export const locustHttpArm: ForeignArm = {
  ...common,
  name: "locust-http",
  packages: ["locust"],
  beneath: ["gevent", "requests", "urllib3"],
  protocol: "rest",
  client: "Locust's HttpUser, one kept-alive connection a user",
};

/**
 * gRPC by Locust as post 001 and 004 have it: grpcio blocks the one thread that all users take turns on, so that however
 * many there are, one of them calls at a time.
 */
export const locustGrpcBlockingArm: ForeignArm = {
  ...common,
  name: "locust-grpc-blocking",
  condition: "one gRPC user of Locust blocks all others",
  packages: ["locust", "grpcio"],
  beneath: ["gevent", "protobuf"],
  protocol: "grpc",
  client: "Locust and grpcio without its gevent support, so that a call blocks all other users",
  connections: () => 1,
};

/** gRPC by Locust with grpcio's own support of gevent, so that users wait side by side. */
export const locustGrpcArm: ForeignArm = {
  ...common,
  name: "locust-grpc",
  packages: ["locust", "grpcio"],
  beneath: ["gevent", "protobuf"],
  protocol: "grpc",
  client: "Locust and grpcio with its gevent support",
  connections: () => 1,
};
