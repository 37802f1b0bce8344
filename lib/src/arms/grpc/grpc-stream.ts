import {
  type ClientDuplexStream,
  Metadata,
  type MethodDefinition,
  type StatusObject,
  status,
} from "@grpc/grpc-js";
import type { Answer, ArmOptions, Caller, OwnArm } from "../arm.js";
import { WireMeter } from "../wire.js";
import type { Matching } from "../workload.js";
import {
  type Channel,
  type CodecBytes,
  countingCodec,
  openChannel,
  serverWindowBytes,
  wholeMessagesOnly,
} from "./grpc-channel.js";
import { MatchedStream, type StreamCallError } from "./matched-stream.js";

/** One two-way gRPC stream by grpc-js for all callers, answers matched to requests. */
export const grpcStreamArm: OwnArm = {
  name: "grpc-stream",
  language: "typescript",
  protocol: "grpc",
  dialect: "grpc-stream",
  client: "grpc-js, one two-way stream, matched by id, or by order where messages have none",
  notMeasured: {
    firstByteMs: wholeMessagesOnly,
    status: "a message on an open stream has no status of its own",
  },
  fits: ({ grpc }) => grpc.stream !== undefined,
  path: { newConnection: false, windowBytes: serverWindowBytes },
  connections: () => 1,
  open(options) {
    const wire = new WireMeter();
    const channel = openChannel({ ...options, wire });
    const shared = new SharedStream(options, channel);
    const callers = Array.from({ length: options.callers }, () => new StreamCaller(options, shared));
    return {
      kind: "calls",
      callers,
      wire: () => wire.read(),
      close: async () => {
        shared.cancel();
        channel.close();
      },
    };
  },
};

/** The stream all callers share; a new one is opened for the call after one that ended. */
class SharedStream<Input, Output> {
  readonly bytes: CodecBytes = { sent: 0, received: 0 };
  readonly channel: Channel;
  private readonly method: MethodDefinition<object, object>;
  private readonly matching: Matching;
  private readonly codec: ReturnType<typeof countingCodec>;
  private readonly options: ArmOptions<Input, Output>;
  private duplex: ClientDuplexStream<object, object> | null = null;
  private matched: MatchedStream<Output> | null = null;

  constructor(options: ArmOptions<Input, Output>, channel: Channel) {
    this.options = options;
    this.channel = channel;
    const { service, stream } = options.workload.grpc;
    if (stream === undefined) throw new Error(`${options.workload.name} has no two-way stream`);
    this.matching = stream.matching;
    this.method = service[stream.method] as MethodDefinition<object, object>;
    this.codec = countingCodec(this.method, this.bytes);
  }

  call(input: Input): Promise<Output> {
    const { workload, timeoutMs } = this.options;
    if (this.matched === null || this.matched.over) this.matched = this.open();
    return this.matched.call((id) => workload.grpc.message(id, input), { timeoutMs });
  }

  cancel(): void {
    this.duplex?.cancel();
  }

  private open(): MatchedStream<Output> {
    const { serialize, deserialize } = this.codec;
    const duplex = this.channel.client.makeBidiStreamRequest<object, object>(
      this.method.path,
      serialize,
      deserialize,
      new Metadata(),
    );
    const matched = new MatchedStream<Output>(duplex, this.matching);
    duplex.on("data", (message: object) => {
      const { id, output } = this.options.workload.grpc.read(message);
      matched.answered(id, output);
    });
    // The status that follows an error says the same and always comes.
    duplex.on("error", () => {});
    duplex.on("status", ({ code, details }: StatusObject) => {
      if (this.matched === matched) this.matched = null;
      matched.ended(code === status.OK ? "STREAM_ENDED" : (status[code] ?? "UNKNOWN"), code, details);
    });
    this.duplex = duplex;
    return matched;
  }
}

class StreamCaller<Input, Output> implements Caller<Input, Output> {
  private cancelledWith: string | null = null;
  private readonly options: ArmOptions<Input, Output>;
  private readonly shared: SharedStream<Input, Output>;

  constructor(options: ArmOptions<Input, Output>, shared: SharedStream<Input, Output>) {
    this.options = options;
    this.shared = shared;
  }

  async call(input: Input, answer: Answer<Output>): Promise<void> {
    const { shared } = this;
    answer.ok = false;
    answer.status = -1;
    shared.bytes.received = 0;
    try {
      const output = await shared.call(input);
      answer.output = output;
      answer.ok = this.options.workload.isRight(input, output);
      answer.error = answer.ok ? "" : "WRONG_ANSWER";
    } catch (error) {
      const { code, status } = error as StreamCallError;
      answer.error = this.cancelledWith ?? code;
      answer.status = status;
      this.cancelledWith = null;
    }
    answer.bytesSent = shared.bytes.sent;
    answer.bytesReceived = shared.bytes.received;
    answer.connectionId = shared.channel.connectionId();
  }

  // All callers share the stream, so giving up one call gives up what the others wait for too.
  cancel(code: string): void {
    this.cancelledWith = code;
    this.shared.cancel();
  }
}
