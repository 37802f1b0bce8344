import { type Interceptor, type MethodDefinition, type ServiceError, status } from "@grpc/grpc-js";
import type { Answer, ArmOptions, Caller, CallingArm } from "./arm.js";
import { type Channel, type CodecBytes, countingCodec, openChannel } from "./grpc-channel.js";
import { openCallers } from "./open-callers.js";
import type { Watch, Watchdog } from "./watchdog.js";

/** What a way of sending gets to send with. */
export interface Sending {
  readonly client: Channel["client"];
  readonly path: string;
  readonly codec: ReturnType<typeof countingCodec>;
  readonly bytes: CodecBytes;
}

type OnAnswer = (error: ServiceError | null, message?: object) => void;

/** How one gRPC call with one answer is sent: which method, and what goes out. */
export interface SendKind<Input> {
  readonly method: string;
  send(input: Input, sending: Sending, onAnswer: OnAnswer): { cancel(): void };
}

/** How such calls share channels, and what they pass on their way. */
export interface GrpcCallersOptions {
  /** Default: one channel for all. */
  readonly ownChannels?: boolean;
  /** Default: none. */
  readonly interceptors?: readonly Interceptor[];
}

/** Opens callers that make calls with one answer each, on one channel or on a channel a caller. */
export function openGrpcCallers<Input, Output>(
  options: ArmOptions<Input, Output>,
  kind: SendKind<Input>,
  { ownChannels = false, interceptors = [] }: GrpcCallersOptions = {},
): CallingArm<Input, Output> {
  return openCallers(options, {
    connections: ownChannels ? options.callers : 1,
    connect: (wire) => openChannel({ ...options, wire, interceptors }),
    caller: (channel, watchdog) => new GrpcCaller(options, { channel, kind, watchdog }),
  });
}

class GrpcCaller<Input, Output> implements Caller<Input, Output> {
  private readonly sending: Sending;
  private readonly options: ArmOptions<Input, Output>;
  private readonly channel: Channel;
  private readonly kind: SendKind<Input>;
  private readonly watch: Watch;
  private current: { cancel(): void } | null = null;
  private cancelledWith: string | null = null;

  constructor(
    options: ArmOptions<Input, Output>,
    { channel, kind, watchdog }: { channel: Channel; kind: SendKind<Input>; watchdog: Watchdog },
  ) {
    this.options = options;
    this.channel = channel;
    this.kind = kind;
    const method = options.workload.grpc.service[kind.method] as MethodDefinition<object, object>;
    const bytes: CodecBytes = { sent: 0, received: 0 };
    const codec = countingCodec(method, bytes);
    this.sending = { client: channel.client, path: method.path, codec, bytes };
    this.watch = watchdog.watch(() => this.cancel("TIMEOUT"));
  }

  call(input: Input, answer: Answer<Output>): Promise<void> {
    const { grpc, isRight } = this.options.workload;
    const { bytes } = this.sending;
    bytes.received = 0;
    this.watch.callBegan();
    return new Promise((resolve) => {
      this.current = this.kind.send(input, this.sending, (error, message) => {
        this.watch.callEnded();
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
        answer.bytesSent = bytes.sent;
        answer.bytesReceived = bytes.received;
        answer.connectionId = this.channel.connectionId();
        resolve();
      });
    });
  }

  cancel(code: string): void {
    this.cancelledWith = code;
    this.current?.cancel();
  }
}
