import { Server } from "@grpc/grpc-js";
import { ReflectionService } from "@grpc/reflection";
import { HealthImplementation } from "grpc-health-check";
import {
  type CalculatorHandlers,
  calculatorService,
  type ImageMessage,
  type ImagesHandlers,
  type IncrementerHandlers,
  type IncrementMessage,
  imagesService,
  incrementerService,
  packageDefinition,
  serviceNames,
} from "./contracts.js";
import { chunks } from "./grpc/chunks.js";
import { asyncUnary, stream, unary } from "./grpc/handlers.js";
import { PlantedDelay } from "./planted-delay.js";
import { defaultMaxMessageBytes, type ServerOptions } from "./server-options.js";
import { add } from "./work/add.js";
import { imageSize } from "./work/image-size.js";
import { increment } from "./work/increment.js";

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

  const calculator: CalculatorHandlers = {
    Add: unary(plantedDelay, ({ a, b }) => ({ sum: add(a, b) })),
  };
  server.addService(calculatorService, calculator);

  const images: ImagesHandlers = {
    Measure: asyncUnary(plantedDelay, ({ image }) => imageSize(image)),
    MeasureChunks: chunks(plantedDelay, {
      bytesOf: ({ image }: ImageMessage) => image,
      work: imageSize,
      maxBytes: maxMessageBytes,
    }),
  };
  server.addService(imagesService, images);

  new HealthImplementation(
    Object.fromEntries(serviceNames.map((name) => [name, "SERVING" as const])),
  ).addToServer(server);
  new ReflectionService(packageDefinition).addToServer(server);
  return server;
}

const incrementMessage = ({ id, value }: IncrementMessage) => ({ id, value: increment(value) });
