import type { Answer, ArmOptions, Caller, CallerOptions, CallingArm } from "../arm.js";
import { type Watch, Watchdog } from "../watchdog.js";
import { WireMeter } from "../wire.js";
import type { RestBody } from "../workload.js";
import type { Exchange, HttpClient, HttpConnection, HttpRequest } from "./http-connection.js";

/** How an arm calls by HTTP. */
export interface HttpWay<Input, Output> {
  readonly client: HttpClient;
  /** What goes out; the answer is JSON where this does not read it. */
  readonly body: RestBody<Input, Output>;
  readonly newConnection: boolean;
}

/** What one caller says and hears. */
export interface HttpTalk<Input, Output> {
  request(input: Input): HttpRequest;
  /** Fills in what a response means: its output, whether it is right, its error. */
  judge(input: Input, response: Extract<Exchange, { kind: "response" }>, answer: Answer<Output>): void;
}

/** Opens callers of a work, with a connection each. */
export function openHttpCallers<Input, Output>(
  options: ArmOptions<Input, Output>,
  way: HttpWay<Input, Output>,
): CallingArm<Input, Output> {
  const talk = talkOf(options.workload, way);
  return openHttpTalkers(options, way.client, () => talk);
}

/** Opens callers with a connection each, all watched by one timer and counted together; `talkOf` is asked for each by its number. */
export function openHttpTalkers<Input, Output>(
  options: CallerOptions,
  client: HttpClient,
  talkOf: (caller: number) => HttpTalk<Input, Output>,
): CallingArm<Input, Output> {
  const wire = new WireMeter();
  const connect = client({ ...options, wire });
  const watchdog = new Watchdog(options);
  const callers = Array.from({ length: options.callers }, (_, caller) => {
    return new HttpCaller(talkOf(caller), { connect, watchdog });
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

function talkOf<Input, Output>(
  { rest, isRight }: ArmOptions<Input, Output>["workload"],
  { body: { contentType, make, read }, newConnection }: HttpWay<Input, Output>,
): HttpTalk<Input, Output> {
  const headers = { "content-type": contentType };
  return {
    request: (input) => {
      const made = make(input);
      // What undici would do with text; doing it here, its length costs nothing.
      const body = typeof made === "string" ? Buffer.from(made) : made;
      return { method: "POST", path: rest.path, headers, body, newConnection };
    },
    judge: (input, { status, body }, answer) => {
      if (status !== 200) {
        answer.error = `HTTP_${status}`;
        return;
      }
      const output = read === undefined ? rest.read(parseJson(body.toString())) : read(body);
      answer.output = output;
      answer.ok = output !== null && isRight(input, output);
      answer.error = answer.ok ? "" : output === null ? "BAD_BODY" : "WRONG_ANSWER";
    },
  };
}

class HttpCaller<Input, Output> implements Caller<Input, Output> {
  private readonly watch: Watch;
  private connection: HttpConnection;
  private cancelledWith: string | null = null;
  private readonly talk: HttpTalk<Input, Output>;
  private readonly connect: () => HttpConnection;

  constructor(
    talk: HttpTalk<Input, Output>,
    { connect, watchdog }: { connect: () => HttpConnection; watchdog: Watchdog },
  ) {
    this.talk = talk;
    this.connect = connect;
    this.connection = connect();
    this.watch = watchdog.watch(() => this.cancel("TIMEOUT"));
  }

  async call(input: Input, answer: Answer<Output>): Promise<void> {
    const { talk, connection } = this;
    const request = talk.request(input);
    answer.ok = false;
    answer.bytesSent = request.body.byteLength;
    answer.bytesReceived = 0;
    this.watch.callBegan();
    const end = await connection.exchange(request);
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
    talk.judge(input, end, answer);
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
