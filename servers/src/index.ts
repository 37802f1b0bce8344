import { fileURLToPath } from "node:url";

export {
  type AddAnswer,
  type AddRequest,
  CalculatorClient,
  type CalculatorHandlers,
  calculatorService,
  healthService,
  type ImageAnswer,
  type ImageMessage,
  type ImageRequest,
  ImagesClient,
  type ImagesHandlers,
  IncrementerClient,
  type IncrementerHandlers,
  type IncrementMessage,
  type IncrementRequest,
  InferenceClient,
  type InferenceHandlers,
  imagesService,
  incrementerService,
  inferenceService,
  MathClient,
  type MathServiceHandlers,
  mathService,
  PayloadClient,
  type PayloadServiceHandlers,
  type PredictAnswer,
  payloadService,
} from "./contracts.js";
export { type EntryMessage, type EntryRequest, type FailureCode, failedMessage } from "./entry-message.js";
export { type HandlerInstants, instantsHeader, readInstants } from "./instants.js";
export { type Protocol, protocols } from "./protocols.js";
export {
  type Addresses,
  type RunningBoth,
  type RunningServers,
  type ServeOptions,
  startServers,
} from "./serve.js";
export { defaultMaxMessageBytes, type ServerOptions } from "./server-options.js";
export type { ServeTls } from "./tls/identity.js";
export { tlsOption } from "./tls/tls-option.js";
export { workNames } from "./works.js";

/** Path of the standalone server, to fork. */
export const mainPath: string = fileURLToPath(new URL("./main.js", import.meta.url));

/** Path of the worker thread's entry; `workerData` are `ServeOptions`. */
export const workerPath: string = fileURLToPath(new URL("./worker.js", import.meta.url));

/** Names of the rungs of the ladder: programs that hold some layers of a call, and nothing above them. */
export const rungNames = [
  "net",
  "http",
  "express",
  "express-json",
  "http2",
  "http2-protobuf",
  "http2-grpc",
] as const;

export type Rung = (typeof rungNames)[number];

/** Whether a program of that name is a rung. */
export function isRung(program: string): program is Rung {
  return rungNames.some((rung) => rung === program);
}

/** Path of a rung's process, to fork; it takes the arguments of the standalone server. */
export function rungPath(rung: Rung): string {
  return fileURLToPath(new URL(`./rungs/${rung}.js`, import.meta.url));
}
