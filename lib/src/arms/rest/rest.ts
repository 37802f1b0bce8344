import type { OwnArm } from "../arm.js";
import { undiciFetch } from "./fetch-connection.js";
import { openHttpCallers } from "./http-caller.js";
import type { HttpClient } from "./http-connection.js";
import { undiciDispatch } from "./undici-connection.js";

/** The forms in which a work may take a request's body. */
type BodyForm = "body" | "base64" | "multipart" | "protobuf";

/** REST by undici's dispatch, each caller on one connection that stays open. */
export const restArm = arm({
  name: "rest",
  client: "undici dispatch, one kept-alive connection a caller",
});

/** REST by undici's dispatch with `connection: close`: every call opens a TCP connection of its own. */
export const restNewConnectionArm = arm({
  name: "rest-new-connection",
  client: "undici dispatch, a new connection for every call",
  newConnection: true,
});

/** REST on a kept connection, bytes as base64 in JSON: what an API that speaks nothing but JSON does. */
export const restBase64Arm = arm({
  name: "rest-base64",
  client: "undici dispatch, base64 in JSON, one kept-alive connection a caller",
  form: "base64",
});

/** REST on a kept connection, bytes as a file in a form: what a browser does. */
export const restMultipartArm = arm({
  name: "rest-multipart",
  client: "undici dispatch, multipart form, one kept-alive connection a caller",
  form: "multipart",
});

/** REST on a kept connection, with the messages and the codec of gRPC: what is left of a difference is not the codec's. */
export const restProtobufArm = arm({
  name: "rest-protobuf",
  dialect: "rest-protobuf",
  client: "undici dispatch, protobuf messages, one kept-alive connection a caller",
  form: "protobuf",
});

/** REST by `fetch` on a kept connection, what most programs call by: a rung of the ladder. */
export const restFetchArm: OwnArm = {
  ...arm({
    name: "rest-fetch",
    client: "undici fetch, one kept-alive connection a caller",
    by: undiciFetch,
  }),
  fits: ({ name }) => name === "increment",
};

interface RestArmOptions extends Pick<OwnArm, "name" | "client" | "dialect"> {
  readonly by?: HttpClient;
  readonly form?: BodyForm;
  readonly newConnection?: boolean;
}

function arm({
  form = "body",
  newConnection = false,
  by = undiciDispatch,
  ...facts
}: RestArmOptions): OwnArm {
  return {
    ...facts,
    language: "typescript",
    protocol: "rest",
    notMeasured: {},
    fits: ({ rest }) => rest[form] !== undefined,
    path: { newConnection, windowBytes: null },
    open: (options) => {
      const body = options.workload.rest[form];
      if (body === undefined) throw new Error(`${options.workload.name} has no body as ${form}`);
      return openHttpCallers(options, { client: by, body, newConnection });
    },
  };
}
