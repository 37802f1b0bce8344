import {
  type handleBidiStreamingCall,
  type handleUnaryCall,
  Server,
  type ServerErrorResponse,
  status,
} from "@grpc/grpc-js";
import { ReflectionService } from "@grpc/reflection";
import { HealthImplementation } from "grpc-health-check";
import {
  type IncrementerHandlers,
  type IncrementMessage,
  incrementerService,
  packageDefinition,
  serviceNames,
} from "./contracts.js";
import { PlantedDelay } from "./planted-delay.js";
import { defaultMaxMessageBytes, type ServerOptions } from "./server-options.js";
import { increment } from "./work/increment.js";
import { InvalidRequest } from "./work/invalid-request.js";

/**
 * The gRPC side: grpc-js over `work/`, with health and reflection. A new work is one more `addService` under
 * "the works", and its name in `contracts.ts`.
 */
export function createGrpcServer({
  maxMessageBytes = defaultMaxMessageBytes,
  plantedDelay = new PlantedDelay(),
}: ServerOptions = {}): Server {
  const server = new Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });

  // the works
  const incrementer: IncrementerHandlers = {
    Increment: unary(plantedDelay, incrementMessage),
    IncrementStream: stream(plantedDelay, incrementMessage),
  };
  server.addService(incrementerService, incrementer);

  new HealthImplementation(
    Object.fromEntries(serviceNames.map((name) => [name, "SERVING" as const])),
  ).addToServer(server);
  new ReflectionService(packageDefinition).addToServer(server);
  return server;
}

const incrementMessage = ({ id, value }: IncrementMessage) => ({ id, value: increment(value) });

function unary<Request, Answer>(
  plantedDelay: PlantedDelay,
  work: (request: Request) => Answer,
): handleUnaryCall<Request, Answer> {
  return (call, callback) => {
    plantedDelay.wait();
    let answer: Answer;
    try {
      answer = work(call.request);
    } catch (error) {
      callback(toStatus(error));
      return;
    }
    callback(null, answer);
  };
}

// An invalid message ends the stream: a message has no status of its own, only the stream has one.
function stream<Request, Answer>(
  plantedDelay: PlantedDelay,
  work: (request: Request) => Answer,
): handleBidiStreamingCall<Request, Answer> {
  return (call) => {
    let refused = false;
    call.on("data", (request: Request) => {
      if (refused) return;
      plantedDelay.wait();
      try {
        // A client that sends without reading must not fill this process' memory.
        if (!call.write(work(request))) {
          call.pause();
          call.once("drain", () => call.resume());
        }
      } catch (error) {
        refused = true;
        call.emit("error", toStatus(error));
      }
    });
    call.on("end", () => call.end());
  };
}

function toStatus(error: unknown): ServerErrorResponse {
  if (error instanceof InvalidRequest) {
    return Object.assign(error, { code: status.INVALID_ARGUMENT, details: error.message });
  }
  console.error(error);
  const sentence = "The server failed; it says why on its standard error.";
  return Object.assign(new Error(sentence), { code: status.INTERNAL, details: sentence });
}
