import { type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { InterceptingCall, type Interceptor, type MethodDefinition, type Requester } from "@grpc/grpc-js";
import { instantsHeader } from "@wirelab/servers/dist/instants.js";
import type { ArmOptions, CallingArm } from "../arm.js";
import { CallWatch, type Marks, watchedArm } from "../call-watch.js";
import { grpcArm, openUnaryCallers } from "./grpc.js";

/** gRPC as `grpc`, with the instants of each call noted. */
export const grpcWatchedArm = watchedArm(grpcArm, open);

/** Turns of the event loop after a round in which Node may still tell of its streams. */
const mostTurns = 100;

/**
 * grpc-js hands messages on to HTTP/2 without telling when, and HTTP/2 writes them from native code. But Node times every
 * HTTP/2 stream: when it was opened, which is right after a new connection is ready, and when the first byte of data was handed
 * to the socket. What is told once streams are closed finds its call by time, since calls of one caller do not overlap. A
 * server in the same process is told of too; on its streams headers come before anything is sent, on a client's after it.
 */
class GrpcWatch extends CallWatch {
  protected readonly listeners = { "net.client.socket": () => this.mark("connectFrom") };
  private streams: StreamEntry[] = [];
  private readonly observer = new PerformanceObserver((list) => this.take(list.getEntries()));

  readonly interceptor: Interceptor = (options, nextCall) =>
    new InterceptingCall(nextCall(options), this.isOn ? this.requester : undefined);

  private readonly requester: Requester = {
    start: (metadata, _, next) => {
      const asking = metadata.clone();
      asking.set(instantsHeader, "1");
      next(asking, {
        onReceiveStatus: (status, pass) => {
          this.mark("receivedAt");
          const [said] = status.metadata.get(instantsHeader);
          if (said !== undefined) this.noteHandler(said.toString());
          pass(status);
        },
      });
    },
  };

  override begin(): void {
    this.streams = [];
    this.observer.observe({ entryTypes: ["http2"] });
    super.begin();
  }

  protected override async complete(calls: readonly Marks[]): Promise<void> {
    for (let turn = 0; turn < mostTurns; turn++) {
      this.take(this.observer.takeRecords());
      const missing = calls.filter(({ answered, sentAt }) => answered && sentAt === undefined);
      for (const call of missing) this.addStream(call);
      if (missing.every(({ sentAt }) => sentAt !== undefined)) break;
      await setImmediate();
    }
    this.observer.disconnect();
  }

  private take(entries: readonly PerformanceEntry[]): void {
    this.streams.push(...(entries as readonly StreamEntry[]));
  }

  private addStream(call: Marks): void {
    const stream = this.streams.find(
      ({ startTime, detail }) =>
        startTime >= call.askedAt &&
        startTime <= call.endedAt &&
        detail.timeToFirstByteSent < detail.timeToFirstHeader,
    );
    if (stream === undefined) return;
    call.sentAt = stream.startTime + stream.detail.timeToFirstByteSent;
    if (call.connectFrom !== undefined) call.connectTo = stream.startTime;
  }
}

/** What Node tells of an HTTP/2 stream, as far as it is used here. */
interface StreamEntry extends PerformanceEntry {
  /** In ms from `startTime`. */
  readonly detail: { readonly timeToFirstByteSent: number; readonly timeToFirstHeader: number };
}

function open<Input, Output>(options: ArmOptions<Input, Output>): CallingArm<Input, Output> {
  const watch = new GrpcWatch();
  const { workload } = options;
  const { service, unary } = workload.grpc;
  const method = service[unary] as MethodDefinition<object, object>;
  const timed: MethodDefinition<object, object> = {
    ...method,
    requestSerialize: (message) => watch.time("serialise", () => method.requestSerialize(message)),
    responseDeserialize: (bytes) => watch.time("deserialise", () => method.responseDeserialize(bytes)),
  };
  const grpc = { ...workload.grpc, service: { ...service, [unary]: timed } };
  const opened = openUnaryCallers(
    { ...options, workload: { ...workload, grpc } },
    { interceptors: [watch.interceptor] },
  );
  return watch.watched(opened);
}
