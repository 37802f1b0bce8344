import { type Interceptor, type MethodDefinition, type ServiceError, status } from "@grpc/grpc-js";
import type { Answer, ArmOptions, Caller, CallerOptions, CallingArm } from "../arm.js";
import { openCallers } from "../open-callers.js";
import type { Watch, Watchdog } from "../watchdog.js";
import { type Channel, type CodecBytes, openChannel, summingCodec } from "./grpc-channel.js";

/** What a way of sending gets to send with. */
export interface Sending {
  readonly client: Channel["client"];
  readonly path: string;
  readonly codec: ReturnType<typeof summingCodec>;
  readonly bytes: CodecBytes;
}

export type OnAnswer = (error: ServiceError | null, message?: object) => void;

/** How one gRPC call with one answer is sent: which method, and what goes out. */
export interface SendKind<Input> {
  readonly method: string;
  send(input: Input, sending: Sending, onAnswer: OnAnswer): { cancel(): void };
}

/** What one caller says and hears. */
export interface GrpcTalk<Input, Output> {
  readonly method: Pick<
    MethodDefinition<object, object>,
    "path" | "requestSerialize" | "responseDeserialize"
  >;
  /** Makes one call; what `onAnswer` is told is handed to `judge`. */
  send(input: Input, sending: Sending, onAnswer: OnAnswer): { cancel(): void };
  /** Fills in what an answer means: its output, whether it is right, its error. */
  judge(input: Input, message: object, answer: Answer<Output>): void;
  /** The same of a call that ended with another status than OK, whose code is in `answer` already. */
  judgeFailure?(error: ServiceError, answer: Answer<Output>): void;
}

/** How such calls share channels, and what they pass on their way. */
export interface GrpcCallersOptions {
  /** Default: one channel for all. */
  readonly ownChannels?: boolean;
  /** Default: none. */
  readonly interceptors?: readonly Interceptor[];
}

/** Opens callers of a work that make calls with one answer each, on one channel or on a channel a caller. */
export function openGrpcCallers<Input, Output>(
  options: ArmOptions<Input, Output>,
  kind: SendKind<Input>,
  how: GrpcCallersOptions = {},
): CallingArm<Input, Output> {
  const { grpc, isRight } = options.workload;
  const talk: GrpcTalk<Input, Output> = {
    method: grpc.service[kind.method] as MethodDefinition<object, object>,
    send: (...call) => kind.send(...call),
    judge: (input, message, answer) => {
      const { output } = grpc.read(message);
      answer.output = output;
      answer.ok = isRight(input, output);
      answer.error = answer.ok ? "" : "WRONG_ANSWER";
    },
  };
  return openGrpcTalkers(options, () => talk, how);
}

/** Opens callers, on one channel or on a channel a caller; `talkOf` is asked for each by its number. */
export function openGrpcTalkers<Input, Output>(
  options: CallerOptions,
  talkOf: (caller: number) => GrpcTalk<Input, Output>,
  { ownChannels = false, interceptors = [] }: GrpcCallersOptions = {},
): CallingArm<Input, Output> {
  let caller = 0;
  return openCallers(options, {
    connections: ownChannels ? options.callers : 1,
    connect: (wire) => openChannel({ ...options, wire, interceptors }),
    caller: (channel, watchdog) => new GrpcCaller({ channel, talk: talkOf(caller++), watchdog }),
  });
}

class GrpcCaller<Input, Output> implements Caller<Input, Output> {
  private readonly sending: Sending;
  private readonly channel: Channel;
  private readonly talk: GrpcTalk<Input, Output>;
  private readonly watch: Watch;
  private current: { cancel(): void } | null = null;
  private cancelledWith: string | null = null;

  constructor({
    channel,
    talk,
    watchdog,
  }: {
    channel: Channel;
    talk: GrpcTalk<Input, Output>;
    watchdog: Watchdog;
  }) {
    this.channel = channel;
    this.talk = talk;
    const bytes: CodecBytes = { sent: 0, received: 0 };
    const codec = summingCodec(talk.method, bytes);
    this.sending = { client: channel.client, path: talk.method.path, codec, bytes };
    this.watch = watchdog.watch(() => this.cancel("TIMEOUT"));
  }

  call(input: Input, answer: Answer<Output>): Promise<void> {
    const { talk, sending } = this;
    const { bytes } = sending;
    bytes.sent = 0;
    bytes.received = 0;
    answer.firstByteAt = Number.NaN;
    this.watch.callBegan();
    return new Promise((resolve) => {
      this.current = talk.send(input, sending, (error, message) => {
        this.watch.callEnded();
        // Before the answer is judged, which may be by its size.
        answer.bytesSent = bytes.sent;
        answer.bytesReceived = bytes.received;
        if (error !== null) {
          answer.ok = false;
          answer.status = error.code;
          answer.error = this.cancelledWith ?? status[error.code] ?? "UNKNOWN";
          this.cancelledWith = null;
          talk.judgeFailure?.(error, answer);
        } else {
          answer.status = status.OK;
          talk.judge(input, message as object, answer);
        }
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
