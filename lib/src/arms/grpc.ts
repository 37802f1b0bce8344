import { type ClientUnaryCall, Metadata, type MethodDefinition, status } from "@grpc/grpc-js";
import type { Answer, Arm, ArmOptions, Caller } from "./arm.js";
import { type Channel, type CodecBytes, countingCodec, openChannel } from "./grpc-channel.js";
import { Watchdog } from "./watchdog.js";

/** gRPC unary calls by grpc-js, all callers on one channel, as a generated client does it. */
export const grpcArm: Arm = {
  name: "grpc",
  protocol: "grpc",
  client: "grpc-js, unary calls on one channel",
  notMeasured: { firstByteMs: "grpc-js hands a message over when all of it has arrived" },
  open(options) {
    const channel = openChannel(options.endpoints.grpcAddress, options.nextConnectionId);
    const callers = Array.from({ length: options.callers }, () => new UnaryCaller(options, channel));
    return { kind: "calls", callers, close: async () => closeAll(callers, channel) };
  },
};

function closeAll(callers: readonly { close(): void }[], channel: Channel): void {
  for (const caller of callers) caller.close();
  channel.close();
}

class UnaryCaller<Input, Output> implements Caller<Input, Output> {
  private readonly bytes: CodecBytes = { sent: 0, received: 0 };
  private readonly metadata = new Metadata();
  private readonly method: MethodDefinition<object, object>;
  private readonly codec: ReturnType<typeof countingCodec>;
  private readonly options: ArmOptions<Input, Output>;
  private readonly channel: Channel;
  private readonly watchdog: Watchdog;
  private current: ClientUnaryCall | null = null;
  private cancelledWith: string | null = null;

  constructor(options: ArmOptions<Input, Output>, channel: Channel) {
    this.options = options;
    this.channel = channel;
    const { service, unary } = options.workload.grpc;
    this.method = service[unary] as MethodDefinition<object, object>;
    this.codec = countingCodec(this.method, this.bytes);
    this.watchdog = new Watchdog({ timeoutMs: options.timeoutMs, onOverdue: () => this.cancel("TIMEOUT") });
  }

  call(input: Input, answer: Answer<Output>): Promise<void> {
    const { grpc, isRight } = this.options.workload;
    this.bytes.received = 0;
    this.channel.callBegan();
    this.watchdog.callBegan();
    return new Promise((resolve) => {
      this.current = this.channel.client.makeUnaryRequest<object, object>(
        this.method.path,
        this.codec.serialize,
        this.codec.deserialize,
        grpc.message(0, input),
        this.metadata,
        (error, message) => {
          this.watchdog.callEnded();
          this.channel.callEnded();
          if (error !== null) {
            answer.ok = false;
            answer.status = error.code;
            answer.error = this.cancelledWith ?? status[error.code] ?? "UNKNOWN";
            this.cancelledWith = null;
          } else {
            const { output } = grpc.read(message as object);
            answer.output = output;
            answer.status = status.OK;
            answer.ok = isRight(input, output);
            answer.error = answer.ok ? "" : "WRONG_ANSWER";
          }
          answer.bytesSent = this.bytes.sent;
          answer.bytesReceived = this.bytes.received;
          answer.connectionId = this.channel.connectionId();
          resolve();
        },
      );
    });
  }

  cancel(code: string): void {
    this.cancelledWith = code;
    this.current?.cancel();
  }

  close(): void {
    this.watchdog.close();
  }
}
