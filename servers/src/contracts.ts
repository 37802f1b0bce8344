import { type GrpcObject, loadPackageDefinition } from "@grpc/grpc-js";
import { loadSync, type PackageDefinition } from "@grpc/proto-loader";
import { protoPath as healthProto, service as healthService } from "grpc-health-check";
import type { CalculatorClient as CalculatorMethods } from "./generated/calculator/Calculator.js";
import type { ProtoGrpcType as CalculatorProto } from "./generated/calculator.js";
import type { ImagesClient as ImagesMethods } from "./generated/image/Images.js";
import type { ProtoGrpcType as ImageProto } from "./generated/image.js";
import type { IncrementerClient as IncrementerMethods } from "./generated/increment/Incrementer.js";
import type { ProtoGrpcType as IncrementProto } from "./generated/increment.js";
import type { InferenceClient as InferenceMethods } from "./generated/inference/Inference.js";
import type { ProtoGrpcType as InferenceProto } from "./generated/inference.js";
import type { MathServiceClient as MathMethods } from "./generated/item/MathService.js";
import type { ProtoGrpcType as ItemProto } from "./generated/item.js";
import type { PayloadServiceClient as PayloadMethods } from "./generated/payload/PayloadService.js";
import type { ProtoGrpcType as PayloadProto } from "./generated/payload.js";
import { loadProto, protoOptions } from "./proto-files.js";

export type { CalculatorHandlers } from "./generated/calculator/Calculator.js";
export type { Sum__Output as AddAnswer } from "./generated/calculator/Sum.js";
export type { Terms as AddRequest } from "./generated/calculator/Terms.js";
export type { Image as ImageRequest, Image__Output as ImageMessage } from "./generated/image/Image.js";
export type { ImagesHandlers } from "./generated/image/Images.js";
export type { Size__Output as ImageAnswer } from "./generated/image/Size.js";
export type { IncrementerHandlers } from "./generated/increment/Incrementer.js";
export type {
  Number as IncrementRequest,
  Number__Output as IncrementMessage,
} from "./generated/increment/Number.js";
export type { InferenceHandlers } from "./generated/inference/Inference.js";
export type { Prediction__Output as PredictAnswer } from "./generated/inference/Prediction.js";
export type { MathServiceHandlers } from "./generated/item/MathService.js";
export type { MathServiceCalculateFactorialResponse__Output as FactorialAnswer } from "./generated/item/MathServiceCalculateFactorialResponse.js";
export type { PayloadServiceHandlers } from "./generated/payload/PayloadService.js";

/** A new work's contract is added here: its file in `proto/`, its type below, its service further down. */
const loaded = loadProto(
  "increment.proto",
  "calculator.proto",
  "image.proto",
  "inference.proto",
  "payload.proto",
  "item.proto",
);
type Contracts = IncrementProto & CalculatorProto & ImageProto & InferenceProto & PayloadProto & ItemProto;

const contracts = loadPackageDefinition(loaded) as GrpcObject & Contracts;

/** All contracts and the health service's, as reflection tells them. */
export const packageDefinition: PackageDefinition = { ...loaded, ...loadSync(healthProto, protoOptions) };

/** `increment.Incrementer` as server and clients use it. */
export const incrementerService = contracts.increment.Incrementer.service;

/** grpc-js client of `increment.Incrementer`. */
export const IncrementerClient = contracts.increment.Incrementer;
export type IncrementerClient = IncrementerMethods;

/** `calculator.Calculator` as server and clients use it. */
export const calculatorService = contracts.calculator.Calculator.service;

/** grpc-js client of `calculator.Calculator`. */
export const CalculatorClient = contracts.calculator.Calculator;
export type CalculatorClient = CalculatorMethods;

/** `image.Images` as server and clients use it. */
export const imagesService = contracts.image.Images.service;

/** grpc-js client of `image.Images`. */
export const ImagesClient = contracts.image.Images;
export type ImagesClient = ImagesMethods;

/** `inference.Inference` as server and clients use it. */
export const inferenceService = contracts.inference.Inference.service;

/** grpc-js client of `inference.Inference`. */
export const InferenceClient = contracts.inference.Inference;
export type InferenceClient = InferenceMethods;

/** `payload.PayloadService` as server and clients use it. */
export const payloadService = contracts.payload.PayloadService.service;

/** grpc-js client of `payload.PayloadService`. */
export const PayloadClient = contracts.payload.PayloadService;
export type PayloadClient = PayloadMethods;

/** `item.MathService` as server and clients use it. */
export const mathService = contracts.item.MathService.service;

/** grpc-js client of `item.MathService`. */
export const MathClient = contracts.item.MathService;
export type MathClient = MathMethods;

/** `grpc.health.v1.Health`, for clients that ask whether a server serves. */
export { healthService };
