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
  imagesService,
  incrementerService,
} from "./contracts.js";
export type { EntryMessage, EntryRequest } from "./entry-message.js";
export { ListenError } from "./listen-error.js";
export { type RunningServers, type ServeOptions, startServers } from "./serve.js";
export { defaultMaxMessageBytes, type ServerOptions } from "./server-options.js";
export { add } from "./work/add.js";
export { type ImageSize, imageSize } from "./work/image-size.js";
export { increment } from "./work/increment.js";
export { InvalidRequest } from "./work/invalid-request.js";

/** Path of the standalone server, to fork. */
export const mainPath: string = fileURLToPath(new URL("./main.js", import.meta.url));

/** Path of the worker thread's entry; `workerData` are `ServeOptions`. */
export const workerPath: string = fileURLToPath(new URL("./worker.js", import.meta.url));
