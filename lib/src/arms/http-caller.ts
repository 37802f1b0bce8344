import type { Answer, ArmOptions, Caller, CallingArm } from "./arm.js";
import type { HttpClient, HttpConnection } from "./http-connection.js";
import { type Watch, Watchdog } from "./watchdog.js";
import { WireMeter } from "./wire.js";
import type { RestBody } from "./workload.js";

/** How an arm calls by HTTP. */
export interface HttpWay<Input, Output> {
  readonly client: HttpClient;
  /** What goes out; the answer is JSON where this does not read it. */
  readonly body: RestBody<Input, Output>;
  readonly newConnection: boolean;
}

/** Opens callers with a connection each, all watched by one timer and counted together. */
export function openHttpCallers<Input, Output>(
  options: ArmOptions<Input, Output>,
  way: HttpWay<Input, Output>,
): CallingArm<Input, Output> {
  const wire = new WireMeter();
  const connect = way.client({ ...options, wire });
  const watchdog = new Watchdog(options);
  const callers = Array.from({ length: options.callers }, () => {
    return new HttpCaller(options, way, { connect, watchdog });
  });
  return {
    kind: "calls",
    callers,
    wire: () => wire.read(),
    close: async () => {
      watchdog.close();
      await Promise.all(callers.map((caller) => caller.close()));
    },
  };
}

class HttpCaller<Input, Output> implements Caller<Input, Output> {
  private readonly headers: Record<string, string>;
  private readonly watch: Watch;
  private connection: HttpConnection;
  private cancelledWith: string | null = null;
  private readonly options: ArmOptions<Input, Output>;
  private readonly connect: () => HttpConnection;
  private readonly way: HttpWay<Input, Output>;

  constructor(
    options: ArmOptions<Input, Output>,
    way: HttpWay<Input, Output>,
    { connect, watchdog }: { connect: () => HttpConnection; watchdog: Watchdog },
  ) {
    this.options = options;
    this.way = way;
    this.connect = connect;
    this.headers = { "content-type": way.body.contentType };
    this.connection = connect();
    this.watch = watchdog.watch(() => this.cancel("TIMEOUT"));
  }

  async call(input: Input, answer: Answer<Output>): Promise<void> {
    const { rest, isRight } = this.options.workload;
    const { way, connection } = this;
    const made = way.body.make(input);
    // What undici would do with text; doing it here, its length costs nothing.
    const body = typeof made === "string" ? Buffer.from(made) : made;
    answer.ok = false;
    answer.bytesSent = body.byteLength;
    answer.bytesReceived = 0;
    this.watch.callBegan();
    const end = await connection.exchange({
      path: rest.path,
      headers: this.headers,
      body,
      newConnection: way.newConnection,
    });
    this.watch.callEnded();
    answer.connectionId = connection.id;
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
      way.body.read === undefined ? rest.read(parseJson(end.body.toString())) : way.body.read(end.body);
    answer.output = output;
    answer.ok = output !== null && isRight(input, output);
    answer.error = answer.ok ? "" : output === null ? "BAD_BODY" : "WRONG_ANSWER";
  }

  cancel(code: string): void {
    this.cancelledWith = code;
    const hung = this.connection;
    this.connection = this.connect();
    hung.destroy().catch(() => {});
  }

  close(): Promise<void> {
    return this.connection.destroy();
  }
}

/** What a body of JSON holds; null where it is none. */
export function parseJson(text: string): unknown {
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
