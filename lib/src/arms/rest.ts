import { type buildConnector, Client } from "undici";
import { addressOf } from "../hosts/host.js";
import type { Answer, Arm, ArmOptions, Caller } from "./arm.js";
import { countedConnector } from "./rest-connector.js";
import { exchange } from "./rest-exchange.js";
import { type Watch, Watchdog } from "./watchdog.js";
import { WireMeter } from "./wire.js";
import type { RestBody } from "./workload.js";

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
  client: "undici dispatch, protobuf messages, one kept-alive connection a caller",
  form: "protobuf",
});

interface RestArmOptions {
  readonly name: string;
  readonly client: string;
  readonly form?: BodyForm;
  readonly newConnection?: boolean;
}

function arm({ name, client, form = "body", newConnection = false }: RestArmOptions): Arm {
  return {
    name,
    protocol: "rest",
    client,
    notMeasured: {},
    fits: ({ rest }) => rest[form] !== undefined,
    path: { newConnection, windowBytes: null },
    open: (options) => openRest(options, { form, newConnection }),
  };
}

function openRest<Input, Output>(
  options: ArmOptions<Input, Output>,
  how: { form: BodyForm; newConnection: boolean },
) {
  const wire = new WireMeter();
  const connector = countedConnector(options.endpoints.tls, wire);
  const watchdog = new Watchdog(options);
  const callers = Array.from({ length: options.callers }, () => {
    return new RestCaller(options, how, { connector, watchdog });
  });
  return {
    kind: "calls" as const,
    callers,
    wire: () => wire.read(),
    close: async () => {
      watchdog.close();
      await Promise.all(callers.map((caller) => caller.close()));
    },
  };
}

class RestCaller<Input, Output> implements Caller<Input, Output> {
  private readonly headers: Record<string, string>;
  private readonly watch: Watch;
  private client: Client;
  private connectionId = -1;
  private cancelledWith: string | null = null;
  private readonly options: ArmOptions<Input, Output>;
  private readonly newConnection: boolean;
  private readonly connector: buildConnector.connector;
  private readonly body: RestBody<Input, Output>;

  constructor(
    options: ArmOptions<Input, Output>,
    { form, newConnection }: { form: BodyForm; newConnection: boolean },
    { connector, watchdog }: { connector: buildConnector.connector; watchdog: Watchdog },
  ) {
    const body = options.workload.rest[form];
    if (body === undefined) throw new Error(`${options.workload.name} has no body as ${form}`);
    this.options = options;
    this.newConnection = newConnection;
    this.connector = connector;
    this.body = body;
    this.headers = { "content-type": body.contentType };
    this.client = this.connect();
    this.watch = watchdog.watch(() => this.cancel("TIMEOUT"));
  }

  // A Client of our own rather than fetch's shared agent: no proxy variable reaches it, and it is one connection.
  private connect(): Client {
    // The watchdog ends calls that hang, so undici's own timers stay out of the measurement.
    const client = new Client(addressOf(this.options.endpoints, "rest"), {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: this.connector,
    });
    client.on("connect", () => {
      this.connectionId = this.options.nextConnectionId();
    });
    return client;
  }

  async call(input: Input, answer: Answer<Output>): Promise<void> {
    const { rest, isRight } = this.options.workload;
    const made = this.body.make(input);
    // What undici would do with text; doing it here, its length costs nothing.
    const body = typeof made === "string" ? Buffer.from(made) : made;
    answer.ok = false;
    answer.bytesSent = body.byteLength;
    answer.bytesReceived = 0;
    this.watch.callBegan();
    const end = await exchange(this.client, {
      path: rest.path,
      method: "POST",
      headers: this.headers,
      body,
      reset: this.newConnection,
    });
    this.watch.callEnded();
    answer.connectionId = this.connectionId;
    answer.status = end.status;
    answer.firstByteAt = end.firstByteAt;
    if (end.kind === "failed") {
      answer.error = this.cancelledWith ?? codeOf(end.error);
      this.cancelledWith = null;
      return;
    }
    answer.bytesReceived = end.body.byteLength;
    if (end.status !== 200) {
      answer.error = `HTTP_${end.status}`;
      return;
    }
    const output =
      this.body.read === undefined ? rest.read(parseJson(end.body.toString())) : this.body.read(end.body);
    answer.output = output;
    answer.ok = output !== null && isRight(input, output);
    answer.error = answer.ok ? "" : output === null ? "BAD_BODY" : "WRONG_ANSWER";
  }

  cancel(code: string): void {
    this.cancelledWith = code;
    const hung = this.client;
    this.client = this.connect();
    hung.destroy().catch(() => {});
  }

  close(): Promise<void> {
    return this.client.destroy();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "FAILED";
}
