import { connect, type Socket } from "node:net";
import { addressOf, type Endpoints, unbracketed } from "../hosts/host.js";
import type { Answer, ArmOptions, Caller, OwnArm } from "./arm.js";
import { openCallers } from "./open-callers.js";
import type { HttpOptions } from "./rest/http-connection.js";
import type { Watch, Watchdog } from "./watchdog.js";
import type { WireMeter } from "./wire.js";
import type { FixedBytes } from "./workload.js";

/** TCP and nothing above it: the work as bytes of a fixed length, one call at a time on a connection. */
export const netArm: OwnArm = {
  name: "net",
  language: "typescript",
  protocol: "rest",
  dialect: "tcp",
  client: "node:net, bare bytes, one connection a caller",
  notMeasured: { status: "bytes over TCP have no status" },
  fits: ({ bytes }) => bytes !== undefined,
  path: { newConnection: false, windowBytes: null },
  open(options) {
    const { bytes, name } = options.workload;
    if (bytes === undefined) throw new Error(`${name} has no form of a fixed length`);
    return openCallers(options, {
      connections: options.callers,
      connect: (wire) => new NetConnection(options, bytes.sizeBytes, wire),
      caller: (connection, watchdog) => new NetCaller(options, bytes, { connection, watchdog }),
    });
  },
};

/** The bytes that came in answer, or the code of what broke the connection. */
type NetEnd =
  | { readonly kind: "answer"; readonly bytes: Buffer; readonly firstByteAt: number }
  | { readonly kind: "failed"; readonly code: string };

class NetCaller<Input, Output> implements Caller<Input, Output> {
  private readonly options: ArmOptions<Input, Output>;
  private readonly bytes: FixedBytes<Input, Output>;
  private readonly connection: NetConnection;
  private readonly watch: Watch;

  constructor(
    options: ArmOptions<Input, Output>,
    bytes: FixedBytes<Input, Output>,
    { connection, watchdog }: { connection: NetConnection; watchdog: Watchdog },
  ) {
    this.options = options;
    this.bytes = bytes;
    this.connection = connection;
    this.watch = watchdog.watch(() => this.cancel("TIMEOUT"));
  }

  async call(input: Input, answer: Answer<Output>): Promise<void> {
    answer.ok = false;
    answer.bytesSent = this.bytes.sizeBytes;
    answer.bytesReceived = 0;
    this.watch.callBegan();
    const end = await this.connection.exchange(this.bytes.make(input));
    this.watch.callEnded();
    answer.connectionId = this.connection.id;
    answer.firstByteAt = Number.NaN;
    if (end.kind === "failed") {
      answer.error = end.code;
      return;
    }
    answer.firstByteAt = end.firstByteAt;
    answer.bytesReceived = end.bytes.byteLength;
    const output = end.bytes.byteLength === this.bytes.sizeBytes ? this.bytes.read(end.bytes) : null;
    answer.output = output;
    answer.ok = output !== null && this.options.workload.isRight(input, output);
    answer.error = answer.ok ? "" : output === null ? "BAD_BODY" : "WRONG_ANSWER";
  }

  cancel(code: string): void {
    this.connection.fail(code);
  }
}

/** A connection that is made when an exchange first needs it, and again after it ended. */
class NetConnection {
  /** Number of the connection last made, from 0; -1 before the first. */
  id = -1;
  private readonly endpoints: Endpoints;
  private readonly nextConnectionId: () => number;
  private readonly answerBytes: number;
  private readonly wire: WireMeter;
  private socket: Socket | null = null;
  private received: Buffer = Buffer.alloc(0);
  private firstByteAt = Number.NaN;
  private onEnd: ((end: NetEnd) => void) | null = null;

  constructor(
    { endpoints, nextConnectionId }: Pick<HttpOptions, "endpoints" | "nextConnectionId">,
    answerBytes: number,
    wire: WireMeter,
  ) {
    this.endpoints = endpoints;
    this.nextConnectionId = nextConnectionId;
    this.answerBytes = answerBytes;
    this.wire = wire;
  }

  exchange(bytes: Buffer): Promise<NetEnd> {
    this.received = Buffer.alloc(0);
    return new Promise((resolve) => {
      this.onEnd = resolve;
      this.socket ??= this.connect();
      this.socket.write(bytes);
    });
  }

  /** Ends the connection, and the exchange under way with that code. */
  fail(code: string): void {
    this.socket?.destroy();
    this.socket = null;
    this.end({ kind: "failed", code });
  }

  close(): void {
    this.socket?.destroy();
  }

  private connect(): Socket {
    const { hostname, port } = new URL(addressOf(this.endpoints, "rest"));
    const socket = connect({ host: unbracketed(hostname), port: Number(port), noDelay: true });
    this.wire.count(socket);
    socket.once("connect", () => {
      this.id = this.nextConnectionId();
    });
    socket.on("data", (chunk) => this.take(chunk));
    // Of one that was given up for another, nobody asks any more.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (socket === this.socket) this.fail(error.code ?? "FAILED");
    });
    socket.on("close", () => {
      if (socket === this.socket) this.fail("ECONNRESET");
    });
    return socket;
  }

  private take(chunk: Buffer): void {
    if (this.received.byteLength === 0) this.firstByteAt = performance.now();
    this.received = this.received.byteLength === 0 ? chunk : Buffer.concat([this.received, chunk]);
    if (this.received.byteLength < this.answerBytes) return;
    this.end({ kind: "answer", bytes: this.received, firstByteAt: this.firstByteAt });
  }

  private end(end: NetEnd): void {
    const { onEnd } = this;
    this.onEnd = null;
    onEnd?.(end);
  }
}
