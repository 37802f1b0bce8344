import type { ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Express, RequestHandler } from "express";
import type { PlantedDelay } from "./planted-delay.js";

/** What all works of one set of servers have in common. */
export interface ServingOptions {
  readonly plantedDelay: PlantedDelay;
  readonly maxMessageBytes: number;
}

/** A work as REST serves it: adds its route; `json` reads a JSON body within the limit. */
export type RestWork = (app: Express, options: ServingOptions & { readonly json: RequestHandler }) => void;

/** A work as gRPC serves it. */
export interface GrpcWork {
  readonly service: ServiceDefinition;
  handlers(options: ServingOptions): UntypedServiceImplementation;
}
