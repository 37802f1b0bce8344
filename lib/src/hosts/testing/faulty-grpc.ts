import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { healthService, type IncrementMessage, incrementerService } from "@wirelab/servers";
import { type Fault, type FaultOptions, type FaultyProtocol, faultCounter } from "./fault.js";

/** A message, or bytes that are none. */
type Answer = { id: number; value: number } | Buffer;
type Stream = ServerDuplexStream<IncrementMessage, Answer>;

const refusal = { code: status.INTERNAL, details: "The test asked for this." };
const garbage = Buffer.from([0x0a, 0xff, 0xff]);

/** `increment.Incrementer` and the health service by grpc-js on 127.0.0.1, with a fault. */
export async function startFaultyGrpc(options: FaultOptions): Promise<FaultyProtocol> {
  const counter = faultCounter(options);
  const sockets = new Map<string, Socket>();
  const grpc = new Server();
  // The sockets are accepted here and handed to grpc-js, which tells of none: so they can be counted and reset.
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const listener = createServer((socket) => {
    counter.seen.connections++;
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    sockets.set(peer, socket);
    socket.once("close", () => sockets.delete(peer));
    injector.injectConnection(socket);
  });

  const close = () =>
    new Promise<void>((resolve) => {
      listener.close(() => resolve());
      // Sockets first: a process that dies sends no GOAWAY either.
      for (const socket of sockets.values()) socket.destroy();
      grpc.forceShutdown();
    });
  const broken = (fault: Fault, peer: string) => {
    if (fault === "reset") sockets.get(peer)?.resetAndDestroy();
    if (fault === "die") void close();
  };

  grpc.addService(withRawAnswers(), {
    Increment: (call: ServerUnaryCall<IncrementMessage, Answer>, callback: sendUnaryData<Answer>) => {
      const fault = counter.next();
      const answer = answerTo(call.request, fault);
      if (answer !== null) callback(null, answer);
      else if (fault === "error-status") callback(refusal);
      else broken(fault, call.getPeer());
    },
    IncrementStream: (call: Stream) => {
      const answers: Answer[] = [];
      const flush = () => {
        for (const answer of answers.splice(0).reverse()) call.write(answer);
      };
      call.on("data", (message: IncrementMessage) => {
        const fault = counter.next();
        const answer = answerTo(message, fault);
        if (answer !== null) answers.push(answer);
        else if (fault === "error-status") call.emit("error", refusal);
        else broken(fault, call.getPeer());
        if (answers.length >= (options.outOfOrder ?? 1)) flush();
      });
      call.on("end", () => {
        flush();
        call.end();
      });
    },
  });
  grpc.addService(healthService, {
    Check: (_call: unknown, callback: sendUnaryData<object>) => callback(null, { status: "SERVING" }),
  });

  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return { seen: counter.seen, port: (listener.address() as AddressInfo).port, close };
}

/** The answer to send, or null when none is to be sent. */
function answerTo({ id, value }: IncrementMessage, fault: Fault): Answer | null {
  if (fault === "none") return { id, value: value + 1 };
  if (fault === "wrong-number") return { id, value: value + 2 };
  return fault === "garbage" ? garbage : null;
}

/** The contract, but with answers that may be bytes already. */
function withRawAnswers() {
  const raw = (serialize: (message: object) => Buffer) => (answer: Answer) =>
    Buffer.isBuffer(answer) ? answer : serialize(answer);
  const { Increment, IncrementStream } = incrementerService;
  return {
    Increment: { ...Increment, responseSerialize: raw(Increment.responseSerialize) },
    IncrementStream: { ...IncrementStream, responseSerialize: raw(IncrementStream.responseSerialize) },
  };
}
