import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from "node:http2";
import { type MethodDefinition, status } from "@grpc/grpc-js";
import type { Answer, ArmOptions, Caller, CallingArm, OwnArm } from "../arm.js";
import { openCallers } from "../open-callers.js";
import type { Watch, Watchdog } from "../watchdog.js";
import { serverWindowBytes } from "./grpc-channel.js";
import { type Http2Connection, http2Connector } from "./http2-connection.js";
import { requestShortLived } from "./short-lived-request.js";
import { framed, type UnaryEnd, UnaryExchange } from "./unary-exchange.js";

/** As many as let a server of several processors spread the calls, and far fewer than one a caller. */
const mostConnections = 10;

/** gRPC unary calls without a gRPC library: what of a load the protocol costs, and what grpc-js. */
export const grpcHttp2Arm: OwnArm = {
  name: "grpc-http2",
  language: "typescript",
  protocol: "grpc",
  client: `node:http2 and protobufjs, unary calls over up to ${mostConnections} connections`,
  notMeasured: {},
  connections: connectionsFor,
  path: { newConnection: false, windowBytes: serverWindowBytes },
  open: openGrpcHttp2,
};

function connectionsFor(callers: number): number {
  return Math.min(callers, mostConnections);
}

function openGrpcHttp2<Input, Output>(options: ArmOptions<Input, Output>): CallingArm<Input, Output> {
  const connector = http2Connector(options);
  return openCallers(options, {
    connections: connectionsFor(options.callers),
    connect: connector,
    caller: (connection, watchdog) => new Http2Caller(options, { connection, watchdog }),
  });
}

class Http2Caller<Input, Output> implements Caller<Input, Output> {
  private readonly options: ArmOptions<Input, Output>;
  private readonly connection: Http2Connection;
  private readonly method: MethodDefinition<object, object>;
  private readonly request: (session: ClientHttp2Session) => ClientHttp2Stream;
  private readonly watch: Watch;
  private current: UnaryExchange | null = null;
  private cancelledWith: string | null = null;

  constructor(
    options: ArmOptions<Input, Output>,
    { connection, watchdog }: { connection: Http2Connection; watchdog: Watchdog },
  ) {
    const { service, unary } = options.workload.grpc;
    this.options = options;
    this.connection = connection;
    this.method = service[unary] as MethodDefinition<object, object>;
    const headers: OutgoingHttpHeaders = {
      ":method": "POST",
      ":path": this.method.path,
      te: "trailers",
      "content-type": "application/grpc",
    };
    // One call at a time is compared with grpc-js, which requests as Node does.
    this.request = options.isLoad
      ? (session) => requestShortLived(session, headers)
      : (session) => session.request(headers);
    this.watch = watchdog.watch(() => this.cancel("TIMEOUT"));
  }

  call(input: Input, answer: Answer<Output>): Promise<void> {
    const { message } = this.options.workload.grpc;
    this.watch.callBegan();
    const body = this.method.requestSerialize(message(0, input));
    answer.bytesSent = body.byteLength;
    const { request } = this;
    return new Promise((resolve) => {
      this.current = new UnaryExchange(this.connection.open(), { request, frame: framed(body) }, (end) => {
        this.watch.callEnded();
        this.current = null;
        this.fill(answer, input, end);
        resolve();
      });
    });
  }

  cancel(code: string): void {
    if (this.current === null) return;
    this.cancelledWith = code;
    this.current.cancel();
  }

  private fill(answer: Answer<Output>, input: Input, end: UnaryEnd): void {
    answer.connectionId = this.connection.id;
    answer.firstByteAt = end.firstByteAt;
    answer.bytesReceived = end.message?.byteLength ?? 0;
    const output = end.message === null ? null : this.read(end.message);
    answer.output = output;
    answer.ok = output !== null && this.options.workload.isRight(input, output);
    // grpc-js too calls a message that cannot be read an error of its own.
    answer.status = end.message !== null && output === null ? status.INTERNAL : end.status;
    const failed = answer.status === status.OK ? "WRONG_ANSWER" : (status[answer.status] ?? "UNKNOWN");
    answer.error = answer.ok ? "" : (this.cancelledWith ?? failed);
    this.cancelledWith = null;
  }

  private read(message: Buffer): Output | null {
    try {
      return this.options.workload.grpc.read(this.method.responseDeserialize(message)).output;
    } catch {
      return null;
    }
  }
}
