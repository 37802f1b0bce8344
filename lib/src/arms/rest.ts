import { Client } from "undici";
import type { Answer, Arm, ArmOptions, Caller } from "./arm.js";
import { exchange } from "./rest-exchange.js";
import { Watchdog } from "./watchdog.js";

const notMeasured = {} as const;

/** REST by undici's dispatch, each caller on one connection that stays open. */
export const restArm: Arm = {
  name: "rest",
  protocol: "rest",
  client: "undici dispatch, one kept-alive connection a caller",
  notMeasured,
  open: (options) => openRest(options, { newConnection: false }),
};

/** REST by undici's dispatch with `connection: close`: every call opens a TCP connection of its own. */
export const restNewConnectionArm: Arm = {
  name: "rest-new-connection",
  protocol: "rest",
  client: "undici dispatch, a new connection for every call",
  notMeasured,
  open: (options) => openRest(options, { newConnection: true }),
};

function openRest<Input, Output>(
  options: ArmOptions<Input, Output>,
  { newConnection }: { newConnection: boolean },
) {
  const callers = Array.from({ length: options.callers }, () => new RestCaller(options, newConnection));
  return {
    kind: "calls" as const,
    callers,
    close: async () => {
      await Promise.all(callers.map((caller) => caller.close()));
    },
  };
}

class RestCaller<Input, Output> implements Caller<Input, Output> {
  private readonly headers: Record<string, string>;
  private readonly watchdog: Watchdog;
  private client: Client;
  private connectionId = -1;
  private cancelledWith: string | null = null;
  private readonly options: ArmOptions<Input, Output>;
  private readonly newConnection: boolean;

  constructor(options: ArmOptions<Input, Output>, newConnection: boolean) {
    this.options = options;
    this.newConnection = newConnection;
    this.headers = { "content-type": options.workload.rest.contentType };
    this.client = this.connect();
    this.watchdog = new Watchdog({ timeoutMs: options.timeoutMs, onOverdue: () => this.cancel("TIMEOUT") });
  }

  // A Client of our own rather than fetch's shared agent: no proxy variable reaches it, and it is one connection.
  private connect(): Client {
    // The watchdog ends calls that hang, so undici's own timers stay out of the measurement.
    const client = new Client(this.options.endpoints.restUrl, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    client.on("connect", () => {
      this.connectionId = this.options.nextConnectionId();
    });
    return client;
  }

  async call(input: Input, answer: Answer<Output>): Promise<void> {
    const { rest, isRight } = this.options.workload;
    const body = rest.body(input);
    answer.ok = false;
    answer.bytesSent = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
    answer.bytesReceived = 0;
    this.watchdog.callBegan();
    const end = await exchange(this.client, {
      path: rest.path,
      method: "POST",
      headers: this.headers,
      body,
      reset: this.newConnection,
    });
    this.watchdog.callEnded();
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
    const output = rest.read(parseJson(end.body.toString()));
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
    this.watchdog.close();
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
